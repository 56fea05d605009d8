package dev.leat.workflow.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lists and maps that an expression writes out.
final class Builders {

    private Builders() {}

    record Entry(Node key, Node value, boolean optional) {}

    /// @param optional which elements are only there where they have a value
    record OfList(Node[] elements, Set<Integer> optional) implements Node {
        @Override
        public @Nullable Object evaluate(Frame frame) {
            frame.meter.list(elements.length);
            var list = new ArrayList<@Nullable Object>(elements.length);
            for (int index = 0; index < elements.length; index++) {
                var value = elements[index].evaluate(frame);
                if (!optional.contains(index)) {
                    list.add(value);
                } else if (Conversions.maybe(value).present()) {
                    list.add(Conversions.maybe(value).value());
                }
            }
            return list;
        }
    }

    record OfMap(List<Entry> entries) implements Node {
        @Override
        public @Nullable Object evaluate(Frame frame) {
            frame.meter.entries(entries.size(), entries.size());
            var map = LinkedHashMap.<Object, @Nullable Object>newLinkedHashMap(entries.size());
            for (var entry : entries) {
                var key = Equality.key(entry.key().evaluate(frame));
                var value = entry.value().evaluate(frame);
                if (map.containsKey(key)) {
                    throw Failure.because("the key '" + key + "' comes twice");
                }
                if (!entry.optional()) {
                    map.put(key, value);
                } else if (Conversions.maybe(value).present()) {
                    map.put(key, Conversions.maybe(value).value());
                }
            }
            return map;
        }
    }
}
