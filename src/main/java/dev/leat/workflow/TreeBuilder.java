package dev.leat.workflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Builds the tree from what either parser hears, and keeps the bounds: no deeper, no larger, no
/// key twice.
final class TreeBuilder {

    private final WorkflowConfig limits;
    private final Report report;
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable Node root;
    private long values;

    /// An object or list that isn't closed yet.
    private static final class Open {
        final Place place;
        final @Nullable Map<String, Node.Member> members;
        final @Nullable List<Node> items;
        String key = "";
        int keyOffset;

        Open(Place place, @Nullable Map<String, Node.Member> members, @Nullable List<Node> items) {
            this.place = place;
            this.members = members;
            this.items = items;
        }
    }

    TreeBuilder(WorkflowConfig limits, Report report) {
        this.limits = limits;
        this.report = report;
    }

    void beginMapping(int offset) {
        var members = new LinkedHashMap<String, Node.Member>();
        begin(offset, new Node.Mapping(offset, members), members, null);
    }

    void beginSequence(int offset) {
        var items = new ArrayList<Node>();
        begin(offset, new Node.Sequence(offset, items), null, items);
    }

    private void begin(
            int offset,
            Node node,
            @Nullable Map<String, Node.Member> members,
            @Nullable List<Node> items) {
        checkDepth(offset, 1);
        open.push(new Open(place(offset, node), members, items));
    }

    /// Closes the innermost object or list.
    Node end() {
        var node = open.pop().place.node();
        add(node);
        return node;
    }

    void key(String key, int offset) {
        checkText(key, offset);
        var object = open.element();
        object.key = key;
        object.keyOffset = offset;
    }

    void scalar(Node.Scalar scalar) {
        if (scalar.value() instanceof String text) {
            checkText(text, scalar.offset());
        }
        if (scalar.value() instanceof Double number && !Double.isFinite(number)) {
            report.error(
                    place(scalar.offset(), scalar),
                    ProblemCode.BAD_NUMBER,
                    number.isNaN()
                            ? "JSON has no NaN and no infinity."
                            : "The number is too large.",
                    number.isNaN() ? null : "the largest is about 1.8e308");
            add(new Node.Scalar(scalar.offset(), 0L, scalar.quoting()));
        } else {
            add(scalar);
        }
    }

    /// Adds a value that is there already: what a YAML alias stands for.
    ///
    /// @param size values in it
    /// @param height levels in it
    void again(Node node, int offset, long size, int height) {
        checkDepth(offset, height);
        values += size - 1;
        add(node);
    }

    /// Values added so far.
    long values() {
        return values;
    }

    int depth() {
        return open.size();
    }

    @Nullable Node root() {
        return root;
    }

    private void add(Node node) {
        if (++values > limits.maxValues()) {
            throw new Unreadable(
                    node.offset(),
                    ProblemCode.TOO_LARGE,
                    "The document has more than %,d values.".formatted(limits.maxValues()),
                    "split it into several workflows");
        }
        var into = open.peek();
        if (into == null) {
            root = node;
        } else if (into.items != null) {
            into.items.add(node);
        } else if (into.members != null) {
            addMember(into, into.members, node);
        }
    }

    private void addMember(Open object, Map<String, Node.Member> members, Node node) {
        var member = new Node.Member(object.key, object.keyOffset, node);
        var earlier = members.putIfAbsent(object.key, member);
        if (earlier != null) {
            report.error(
                    object.place.member(member).shownAt(object.keyOffset),
                    ProblemCode.DUPLICATE_KEY,
                    "The key %s is there twice; the first is on line %d."
                            .formatted(Words.quoted(object.key), report.line(earlier.offset())),
                    "remove one of the two");
        }
    }

    private Place place(int offset, Node node) {
        var parent = open.peek();
        if (parent == null) {
            return Place.root(node);
        }
        var step = parent.items != null ? Integer.toString(parent.items.size()) : parent.key;
        return new Place(parent.place, step, offset, node);
    }

    private void checkDepth(int offset, int more) {
        if (open.size() + more > limits.maxDepth()) {
            throw new Unreadable(
                    offset,
                    ProblemCode.TOO_DEEP,
                    "The document is nested deeper than %d levels.".formatted(limits.maxDepth()),
                    null);
        }
    }

    private void checkText(String text, int offset) {
        if (text.length() > limits.maxText()) {
            throw new Unreadable(
                    offset,
                    ProblemCode.TOO_LARGE,
                    "A string is longer than %,d characters.".formatted(limits.maxText()),
                    "put long texts into a file that a task reads");
        }
        var bad = Words.firstUnstorable(text);
        if (bad >= 0) {
            var place = open.isEmpty() ? null : open.element().place;
            var at =
                    new Place(
                            place, "", offset, new Node.Scalar(offset, text, Node.Quoting.DOUBLE));
            var shown = place == null ? at : place.shownAt(offset);
            report.error(
                    shown,
                    ProblemCode.BAD_CHARACTER,
                    "The text holds \\u%04x, which %s."
                            .formatted(
                                    (int) text.charAt(bad),
                                    text.charAt(bad) == 0
                                            ? "can't be stored"
                                            : "is half a character"),
                    "write the whole character, or leave it out");
        }
    }
}
