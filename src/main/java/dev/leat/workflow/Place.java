package dev.leat.workflow;

import org.jspecify.annotations.Nullable;

/// A value in its document: the way to it, so that a problem can say where it is.
///
/// @param step the key or index under the parent, as written
/// @param offset where a problem with this value is shown
record Place(@Nullable Place parent, String step, int offset, Node node) {

    static Place root(Node node) {
        return new Place(null, "", node.offset(), node);
    }

    /// The member of an object, or null where there is none.
    @Nullable Place member(String key) {
        if (node instanceof Node.Mapping mapping) {
            var member = mapping.members().get(key);
            return member == null ? null : member(member);
        }
        return null;
    }

    Place member(Node.Member member) {
        return new Place(this, member.written(), member.value().offset(), member.value());
    }

    Place item(int index) {
        var item = ((Node.Sequence) node).items().get(index);
        return new Place(this, Integer.toString(index), item.offset(), item);
    }

    /// This place with its problems shown elsewhere, such as at the key.
    Place shownAt(int newOffset) {
        return new Place(parent, step, newOffset, node);
    }

    /// As far along the pointer as the document goes.
    Place follow(String pointer) {
        var at = this;
        for (var step : pointer.substring(Math.min(1, pointer.length())).split("/", -1)) {
            var next =
                    pointer.isEmpty() ? null : at.step(step.replace("~1", "/").replace("~0", "~"));
            if (next == null) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private @Nullable Place step(String name) {
        return switch (node) {
            case Node.Mapping _ -> member(name);
            case Node.Sequence list -> {
                var index = name.matches("\\d{1,9}") ? Integer.parseInt(name) : -1;
                yield index >= 0 && index < list.items().size() ? item(index) : null;
            }
            case Node.Scalar _ -> null;
        };
    }

    /// RFC 6901.
    String pointer() {
        var text = new StringBuilder();
        appendTo(text);
        return text.toString();
    }

    private void appendTo(StringBuilder text) {
        if (parent != null) {
            parent.appendTo(text);
            text.append('/').append(step.replace("~", "~0").replace("/", "~1"));
        }
    }
}
