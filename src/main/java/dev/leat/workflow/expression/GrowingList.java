package dev.leat.workflow.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of a comprehension while it is made: `+` puts elements into it rather than into a
/// copy. Nothing but the comprehension's own steps can reach it before [#finished].
final class GrowingList extends ArrayList<@Nullable Object> {

    /// Two lists, one after the other.
    static List<?> concat(List<?> left, List<?> right, Meter meter) {
        if (left instanceof GrowingList growing) {
            meter.elements((long) growing.size() + right.size(), right.size());
            growing.addAll(right);
            return growing;
        }
        meter.list((long) left.size() + right.size());
        var both = new ArrayList<@Nullable Object>(left.size() + right.size());
        both.addAll(left);
        both.addAll(right);
        return both;
    }

    /// The value as others may see it.
    static @Nullable Object finished(@Nullable Object value) {
        return switch (value) {
            case GrowingList list -> Collections.unmodifiableList(list);
            case GrowingMap map -> Collections.unmodifiableMap(map);
            case null, default -> value;
        };
    }
}
