package dev.leat.workflow.expression;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// What `+`, `<`, `[…]` and the like do.
final class Operators {

    private Operators() {}

    static void register(Function.Table table) {
        table.put("_+_", 2, (frame, of) -> add(of[0], of[1], frame.meter))
                .put("_-_", 2, (_, of) -> subtract(of[0], of[1]))
                .put("_*_", 2, (_, of) -> Numbers.multiply(number("*", of, 0), number("*", of, 1)))
                .put("_/_", 2, (_, of) -> Numbers.divide(number("/", of, 0), number("/", of, 1)))
                .put("_%_", 2, (_, of) -> Numbers.modulo(number("%", of, 0), number("%", of, 1)))
                .put("-_", 1, (_, of) -> negate(of[0]))
                .put("!_", 1, (_, of) -> !condition(of[0]))
                .put("_==_", 2, (frame, of) -> Equality.equal(of[0], of[1], frame.meter))
                .put("_!=_", 2, (frame, of) -> !Equality.equal(of[0], of[1], frame.meter))
                .put("_<_", 2, comparison(order -> order < 0))
                .put("_<=_", 2, comparison(order -> order <= 0))
                .put("_>_", 2, comparison(order -> order > 0))
                .put("_>=_", 2, comparison(order -> order >= 0))
                .put("@in", 2, (frame, of) -> Equality.contains(present(of[1]), of[0], frame.meter))
                .put("_[_]", 2, (_, of) -> element(of[0], of[1]))
                .put("_[?_]", 2, (_, of) -> find(of[0], of[1]))
                .put("_?._", 2, (_, of) -> find(of[0], of[1]));
    }

    private static Function comparison(IntPredicate holds) {
        return (frame, of) -> {
            if (of[0] instanceof Double a && a.isNaN() || of[1] instanceof Double b && b.isNaN()) {
                return false;
            }
            return holds.test(Equality.compare(of[0], of[1], frame.meter));
        };
    }

    private static Object add(@Nullable Object left, @Nullable Object right, Meter meter) {
        if (left instanceof String a && right instanceof String b) {
            meter.text((long) a.length() + b.length());
            return a + b;
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return GrowingList.concat(a, b, meter);
        }
        if (left != null && right != null && Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.add(left, right);
        }
        return switch (left) {
            case Instant a when right instanceof Duration b -> a.plus(b);
            case Duration a when right instanceof Instant b -> b.plus(a);
            case Duration a when right instanceof Duration b -> a.plus(b);
            case byte[] a when right instanceof byte[] b -> concat(a, b, meter);
            case null, default -> throw notBetween("+", left, right);
        };
    }

    private static byte[] concat(byte[] left, byte[] right, Meter meter) {
        meter.text((long) left.length + right.length);
        var both = new byte[left.length + right.length];
        System.arraycopy(left, 0, both, 0, left.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }

    private static Object subtract(@Nullable Object left, @Nullable Object right) {
        if (left != null && right != null && Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.subtract(left, right);
        }
        return switch (left) {
            case Instant a when right instanceof Instant b -> Duration.between(b, a);
            case Instant a when right instanceof Duration b -> a.minus(b);
            case Duration a when right instanceof Duration b -> a.minus(b);
            case null, default -> throw notBetween("-", left, right);
        };
    }

    private static Object negate(@Nullable Object value) {
        return value != null && Numbers.isNumber(value)
                ? Numbers.negate(value)
                : Function.needs("a number", value);
    }

    private static Object number(String operator, @Nullable Object[] of, int index) {
        var value = of[index];
        if (value != null && Numbers.isNumber(value)) {
            return value;
        }
        throw notBetween(operator, of[0], of[1]);
    }

    private static Failure notBetween(
            String operator, @Nullable Object left, @Nullable Object right) {
        return Failure.because(
                "'%s' can't be applied to %s and %s"
                        .formatted(operator, TypeName.plain(left), TypeName.plain(right)));
    }

    static boolean condition(@Nullable Object value) {
        return value instanceof Boolean answer ? answer : Function.needs("true or false", value);
    }

    private static Object present(@Nullable Object value) {
        return value == null ? Function.needs("a list or a map", null) : value;
    }

    private static @Nullable Object element(@Nullable Object container, @Nullable Object key) {
        if (container instanceof Maybe) {
            return find(container, key);
        }
        if (container instanceof List<?> list) {
            var index = Numbers.whole(key);
            if (index < 0 || index >= list.size()) {
                throw Failure.because(
                        "no element %d in a list of %d".formatted(index, list.size()));
            }
            return Values.read(list.get((int) index));
        }
        if (container instanceof Map<?, ?> map) {
            return field(map, Equality.key(key));
        }
        return Function.needs("a list or a map", container);
    }

    /// The value of a key that has to be there.
    static @Nullable Object field(Map<?, ?> map, Object key) {
        var value = map.get(key);
        if (value == null && !map.containsKey(key)) {
            throw Fields.missing(map, key.toString(), "");
        }
        return Values.read(value);
    }

    private static Maybe find(@Nullable Object container, @Nullable Object key) {
        return switch (container) {
            case Maybe maybe -> maybe.present() ? find(maybe.value(), key) : Maybe.NONE;
            case Map<?, ?> map -> {
                var known = Equality.key(key);
                yield map.containsKey(known) ? Maybe.of(Values.read(map.get(known))) : Maybe.NONE;
            }
            case List<?> list -> {
                var index = Numbers.whole(key);
                yield index >= 0 && index < list.size()
                        ? Maybe.of(Values.read(list.get((int) index)))
                        : Maybe.NONE;
            }
            case null -> Maybe.NONE;
            default -> Function.needs("a list or a map", container);
        };
    }
}
