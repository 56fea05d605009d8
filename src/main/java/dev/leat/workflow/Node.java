package dev.leat.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value of a document, and where in the text it begins.
sealed interface Node {

    int offset();

    /// The value in plain Java, as expressions and schemas know it.
    @Nullable Object plain();

    record Mapping(int offset, Map<String, Member> members) implements Node {
        @Override
        public Map<String, @Nullable Object> plain() {
            var plain = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(members.size());
            members.forEach((key, member) -> plain.put(key, member.value().plain()));
            return plain;
        }
    }

    record Sequence(int offset, List<Node> items) implements Node {
        @Override
        public List<@Nullable Object> plain() {
            var plain = new ArrayList<@Nullable Object>(items.size());
            items.forEach(item -> plain.add(item.plain()));
            return plain;
        }
    }

    /// @param value a `String`, `Long`, `Double`, `Boolean`, or null
    record Scalar(int offset, @Nullable Object value, Quoting quoting) implements Node {
        @Override
        public @Nullable Object plain() {
            return value;
        }
    }

    /// @param written the key as it stands in the text, also where it was read as the one that was
    /// likely meant
    /// @param offset of the key
    record Member(String written, int offset, Node value) {}

    /// How a scalar is spelt.
    enum Quoting {
        PLAIN,
        DOUBLE,
        SINGLE,
        BLOCK
    }
}
