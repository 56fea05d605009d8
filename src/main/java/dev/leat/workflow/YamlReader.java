package dev.leat.workflow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/// YAML, as another spelling of JSON: no tags, one document, keys that are text, and the plain
/// values of YAML 1.2, so that
/// `no` is a word and `true` a truth. Only the parser's events are heard; nothing constructs an
/// object.
final class YamlReader {

    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,100}");
    private static final Pattern DECIMAL =
            Pattern.compile(
                    "[-+]?(?:\\.[0-9]{1,100}|[0-9]{1,100}(?:\\.[0-9]{0,100})?)(?:[eE][-+]?[0-9]{1,9})?");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,15}");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]{1,20}");
    private static final Pattern NO_NUMBER =
            Pattern.compile("[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
    private static final int LONGEST_NAME = 1_000;

    private final String text;
    private final LoaderOptions options = new LoaderOptions();
    private final TreeBuilder tree;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private final int totalPoints;
    private int documents;
    private int pointsSeen;
    private int charactersSeen;

    /// What an anchor names.
    private record Anchored(Node node, long size, int height) {}

    /// An object or list that isn't closed yet.
    private static final class Open {
        final boolean mapping;
        final @Nullable String anchor;
        final long valuesBefore;
        boolean keyIsNext = true;
        int height = 1;

        Open(boolean mapping, @Nullable String anchor, long valuesBefore) {
            this.mapping = mapping;
            this.anchor = anchor;
            this.valuesBefore = valuesBefore;
        }
    }

    YamlReader(String text, WorkflowConfig limits, TreeBuilder tree) {
        this.text = text;
        this.tree = tree;
        this.totalPoints = text.codePointCount(0, text.length());
        options.setCodePointLimit(limits.maxBytes());
        options.setProcessComments(false);
    }

    /// @throws Unreadable where it isn't YAML, or more of it than JSON has
    Node read() {
        try {
            var parser = new ParserImpl(new StreamReader(text), options);
            while (parser.peekEvent() != null) {
                hear(parser.getEvent());
            }
        } catch (MarkedYAMLException e) {
            throw syntax(e);
        } catch (YAMLException e) {
            throw new Unreadable(
                    0,
                    ProblemCode.BAD_CHARACTER,
                    "The text holds characters that YAML doesn't allow.",
                    null);
        }
        var root = tree.root();
        if (root == null) {
            throw new Unreadable(
                    0,
                    ProblemCode.EMPTY,
                    "The document is empty.",
                    "a workflow needs an 'id' and 'tasks'");
        }
        return root;
    }

    private void hear(Event event) {
        if (event instanceof NodeEvent) {
            refuseTags(event);
        }
        switch (event) {
            case DocumentStartEvent start -> countDocument(start);
            case CollectionStartEvent start -> begin(start);
            case ScalarEvent scalar -> scalar(scalar);
            case AliasEvent alias -> alias(alias);
            default -> {
                if (event.is(Event.ID.MappingEnd) || event.is(Event.ID.SequenceEnd)) {
                    end();
                }
            }
        }
    }

    private void countDocument(DocumentStartEvent start) {
        if (++documents > 1) {
            throw feature(start, "There is a second document.", "one file holds one workflow");
        }
    }

    private void begin(CollectionStartEvent start) {
        if (keyIsNext()) {
            throw feature(start, "A key must be text, not an object or a list.", null);
        }
        var mapping = start instanceof MappingStartEvent;
        open.push(new Open(mapping, start.getAnchor(), tree.values()));
        if (mapping) {
            tree.beginMapping(offset(start));
        } else {
            tree.beginSequence(offset(start));
        }
    }

    private void end() {
        var closed = open.pop();
        var node = tree.end();
        if (closed.anchor != null) {
            anchors.put(
                    closed.anchor,
                    new Anchored(node, tree.values() - closed.valuesBefore, closed.height));
        }
        valueAdded(closed.height);
    }

    private void scalar(ScalarEvent event) {
        if (keyIsNext()) {
            key(event);
            return;
        }
        var node = new Node.Scalar(offset(event), value(event), quoting(event.getScalarStyle()));
        tree.scalar(node);
        if (event.getAnchor() != null) {
            anchors.put(event.getAnchor(), new Anchored(node, 1, 0));
        }
        valueAdded(0);
    }

    private void key(ScalarEvent event) {
        if (event.getValue().length() > LONGEST_NAME) {
            throw new Unreadable(
                    offset(event),
                    ProblemCode.TOO_LARGE,
                    "A key is too long.",
                    "a key has at most %,d characters".formatted(LONGEST_NAME));
        }
        tree.key(event.getValue(), offset(event));
        open.element().keyIsNext = false;
    }

    private void alias(AliasEvent alias) {
        if (keyIsNext()) {
            throw feature(alias, "A key must be text, not an alias.", null);
        }
        var anchored = anchors.get(alias.getAnchor());
        if (anchored == null) {
            throw feature(
                    alias,
                    "The alias '*%s' names nothing that ends before it."
                            .formatted(Words.shortened(alias.getAnchor())),
                    "mark a value with '&%s' first".formatted(Words.shortened(alias.getAnchor())));
        }
        tree.again(anchored.node(), offset(alias), anchored.size(), anchored.height());
        valueAdded(anchored.height());
    }

    private boolean keyIsNext() {
        var into = open.peek();
        return into != null && into.mapping && into.keyIsNext;
    }

    private void valueAdded(int height) {
        var into = open.peek();
        if (into != null) {
            into.keyIsNext = true;
            into.height = Math.max(into.height, height + 1);
        }
    }

    private void refuseTags(Event event) {
        var tag =
                switch (event) {
                    case ScalarEvent scalar -> scalar.getTag();
                    case CollectionStartEvent start -> start.getTag();
                    default -> null;
                };
        if (tag != null) {
            throw feature(
                    event,
                    "The tag %s isn't allowed; a workflow is plain data."
                            .formatted(Words.quoted(tag)),
                    "remove it; quote a value to make it text");
        }
    }

    private static @Nullable Object value(ScalarEvent event) {
        var text = event.getValue();
        return event.getScalarStyle() == ScalarStyle.PLAIN ? plain(text) : text;
    }

    private static @Nullable Object plain(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> numberOrText(text);
        };
    }

    private static Object numberOrText(String text) {
        var first = text.charAt(0);
        if (first > '9') {
            return text;
        }
        if (WHOLE.matcher(text).matches()) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                return Double.parseDouble(text);
            }
        }
        if (DECIMAL.matcher(text).matches()) {
            return Double.parseDouble(text);
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return Long.parseLong(text.substring(2), 16);
        }
        if (OCTAL.matcher(text).matches()) {
            return Long.parseLong(text.substring(2), 8);
        }
        return NO_NUMBER.matcher(text).matches() ? Double.NaN : text;
    }

    private static Node.Quoting quoting(ScalarStyle style) {
        return switch (style) {
            case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> Node.Quoting.DOUBLE;
            case SINGLE_QUOTED -> Node.Quoting.SINGLE;
            case LITERAL, FOLDED -> Node.Quoting.BLOCK;
            case PLAIN -> Node.Quoting.PLAIN;
        };
    }

    private Unreadable feature(Event event, String message, @Nullable String hint) {
        return new Unreadable(offset(event), ProblemCode.YAML_FEATURE, message, hint);
    }

    private Unreadable syntax(MarkedYAMLException e) {
        var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        var fault = YamlFault.of(String.valueOf(e.getContext()), String.valueOf(e.getProblem()));
        return new Unreadable(
                mark == null ? 0 : offset(mark),
                ProblemCode.SYNTAX,
                fault.sentence(),
                fault.hint());
    }

    private int offset(Event event) {
        return offset(event.getStartMark());
    }

    /// The parser counts code points, a text has characters. Events mostly come in order, so
    /// counting goes on from the last.
    private int offset(Mark mark) {
        if (mark.getIndex() < pointsSeen) {
            pointsSeen = 0;
            charactersSeen = 0;
        }
        var index = Math.min(mark.getIndex(), totalPoints);
        charactersSeen = text.offsetByCodePoints(charactersSeen, index - pointsSeen);
        pointsSeen = index;
        return charactersSeen;
    }
}
