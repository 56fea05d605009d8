package dev.leat.workflow.expression;

import static dev.leat.workflow.expression.Function.number;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/// Functions over numbers.
final class MathFunctions {

    private MathFunctions() {}

    static void register(Function.Table table) {
        table.put("math.ceil", 1, rounding(Math::ceil))
                .put("math.floor", 1, rounding(Math::floor))
                .put("math.round", 1, rounding(MathFunctions::round))
                .put(
                        "math.trunc",
                        1,
                        rounding(number -> number < 0 ? Math.ceil(number) : Math.floor(number)))
                .put("math.abs", 1, (_, of) -> abs(number(of, 0)))
                .put("math.sign", 1, (_, of) -> sign(number(of, 0)))
                .put("math.sqrt", 1, (_, of) -> Math.sqrt(Numbers.asDouble(number(of, 0))))
                .put("math.isNaN", 1, (_, of) -> Double.isNaN(Numbers.asDouble(number(of, 0))))
                .put("math.isInf", 1, (_, of) -> Double.isInfinite(Numbers.asDouble(number(of, 0))))
                .put(
                        "math.isFinite",
                        1,
                        (_, of) -> Double.isFinite(Numbers.asDouble(number(of, 0))))
                .put("math.bitAnd", 2, bits((a, b) -> a & b))
                .put("math.bitOr", 2, bits((a, b) -> a | b))
                .put("math.bitXor", 2, bits((a, b) -> a ^ b))
                .put("math.bitNot", 1, (_, of) -> ~Numbers.whole(of[0]))
                .put("math.bitShiftLeft", 2, bits((a, by) -> shifted(by) ? a << by : 0))
                .put("math.bitShiftRight", 2, bits((a, by) -> shifted(by) ? a >>> by : 0))
                .put("math.@max", 1, (f, of) -> extreme(all(of), 1, f.meter))
                .put("math.@max", 2, (f, of) -> extreme(all(of), 1, f.meter))
                .put("math.@min", 1, (f, of) -> extreme(all(of), -1, f.meter))
                .put("math.@min", 2, (f, of) -> extreme(all(of), -1, f.meter));
    }

    /// A whole number stays what it is; another is rounded and stays a fraction's kind, as in CEL.
    private static Function rounding(DoubleUnaryOperator round) {
        return (_, of) ->
                number(of, 0) instanceof Double fraction
                        ? (Object) round.applyAsDouble(fraction)
                        : number(of, 0);
    }

    private static double round(double number) {
        return number < 0 ? Math.ceil(number - 0.5) : Math.floor(number + 0.5);
    }

    private static Object abs(Object number) {
        return number instanceof Long whole
                ? (Object) Math.absExact(whole)
                : (Object) Math.abs((Double) number);
    }

    private static Object sign(Object number) {
        return number instanceof Long whole
                ? (Object) (long) Long.signum(whole)
                : (Object) Math.signum((Double) number);
    }

    private static Function bits(LongBinaryOperator operator) {
        return (_, of) -> operator.applyAsLong(Numbers.whole(of[0]), Numbers.whole(of[1]));
    }

    private static boolean shifted(long by) {
        if (by < 0) {
            throw Failure.because("a shift by a negative number");
        }
        return by < Long.SIZE;
    }

    private static List<?> all(@Nullable Object[] of) {
        return of.length == 1 && of[0] instanceof List<?> list ? list : Arrays.asList(of);
    }

    private static @Nullable Object extreme(List<?> list, int direction, Meter meter) {
        if (list.isEmpty()) {
            throw Failure.because("the greatest or least of nothing");
        }
        var best = Values.read(list.getFirst());
        for (var raw : list) {
            var item = Values.read(raw);
            best = Equality.compare(item, best, meter) * direction > 0 ? item : best;
        }
        return best;
    }
}
