package dev.leat.workflow.expression;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// When two values are the same, and which comes first. Values of different kinds are simply
/// different.
final class Equality {

    private Equality() {}

    static boolean equal(@Nullable Object left, @Nullable Object right, Meter meter) {
        meter.step();
        if (left == null || right == null) {
            return left == right;
        }
        if (Numbers.isNumber(left)) {
            return Numbers.isNumber(right) && Numbers.equal(left, right);
        }
        return switch (left) {
            case List<?> a -> right instanceof List<?> b && equalLists(a, b, meter);
            case Map<?, ?> a -> right instanceof Map<?, ?> b && equalMaps(a, b, meter);
            case byte[] a -> right instanceof byte[] b && Arrays.equals(a, b);
            case Maybe a ->
                    right instanceof Maybe b
                            && a.present() == b.present()
                            && equal(a.value(), b.value(), meter);
            case String a -> {
                meter.steps(a.length() >> 6);
                yield a.equals(right);
            }
            default -> left.equals(right);
        };
    }

    private static boolean equalLists(List<?> left, List<?> right, Meter meter) {
        if (left.size() != right.size()) {
            return false;
        }
        var others = right.iterator();
        for (var item : left) {
            if (!equal(Values.read(item), Values.read(others.next()), meter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMaps(Map<?, ?> left, Map<?, ?> right, Meter meter) {
        if (left.size() != right.size()) {
            return false;
        }
        for (var entry : left.entrySet()) {
            if (!right.containsKey(entry.getKey())
                    || !equal(
                            Values.read(entry.getValue()),
                            Values.read(right.get(entry.getKey())),
                            meter)) {
                return false;
            }
        }
        return true;
    }

    static boolean contains(Object container, @Nullable Object wanted, Meter meter) {
        return switch (container) {
            case List<?> list -> {
                for (var item : list) {
                    if (equal(Values.read(item), wanted, meter)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Map<?, ?> map -> wanted != null && map.containsKey(key(wanted));
            default ->
                    throw Failure.because(
                            "'in' needs a list or a map, not " + TypeName.plain(container));
        };
    }

    /// Map keys are texts, whole numbers and booleans.
    static Object key(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Long number -> number;
            case Boolean truth -> truth;
            case Double number -> Numbers.whole(number);
            case null, default ->
                    throw Failure.because(TypeName.plain(value) + " can't be the key of a map");
        };
    }

    static int compare(@Nullable Object left, @Nullable Object right, Meter meter) {
        meter.step();
        if (left != null && right != null && Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.compare(left, right);
        }
        return switch (left) {
            case String a when right instanceof String b -> a.compareTo(b);
            case Boolean a when right instanceof Boolean b -> a.compareTo(b);
            case Instant a when right instanceof Instant b -> a.compareTo(b);
            case Duration a when right instanceof Duration b -> a.compareTo(b);
            case byte[] a when right instanceof byte[] b -> Arrays.compareUnsigned(a, b);
            case null, default ->
                    throw Failure.because(
                            TypeName.plain(left)
                                    + " and "
                                    + TypeName.plain(right)
                                    + " have no order");
        };
    }
}
