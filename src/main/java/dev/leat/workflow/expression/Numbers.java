package dev.leat.workflow.expression;

import org.jspecify.annotations.Nullable;

/// JSON's one kind of number: `Long` where whole, `Double` otherwise, and mixed freely.
final class Numbers {

    private static final double LONG_END = 0x1p63;

    private Numbers() {}

    static boolean isNumber(@Nullable Object value) {
        return value instanceof Long || value instanceof Double;
    }

    static double asDouble(Object value) {
        return value instanceof Long whole ? whole : (Double) value;
    }

    static Object add(Object left, Object right) {
        return left instanceof Long a && right instanceof Long b
                ? (Object) Math.addExact(a, b)
                : (Object) (asDouble(left) + asDouble(right));
    }

    static Object subtract(Object left, Object right) {
        return left instanceof Long a && right instanceof Long b
                ? (Object) Math.subtractExact(a, b)
                : (Object) (asDouble(left) - asDouble(right));
    }

    static Object multiply(Object left, Object right) {
        return left instanceof Long a && right instanceof Long b
                ? (Object) Math.multiplyExact(a, b)
                : (Object) (asDouble(left) * asDouble(right));
    }

    /// Exact: `7 / 2` is 3.5, and `6 / 2` is the whole number 3.
    static Object divide(Object left, Object right) {
        refuseZero(right);
        if (left instanceof Long a && right instanceof Long b && a % b == 0) {
            return Math.divideExact(a, b);
        }
        return asDouble(left) / asDouble(right);
    }

    static Object modulo(Object left, Object right) {
        refuseZero(right);
        return left instanceof Long a && right instanceof Long b
                ? (Object) (a % b)
                : (Object) (asDouble(left) % asDouble(right));
    }

    static Object negate(Object value) {
        return value instanceof Long whole
                ? (Object) Math.negateExact(whole)
                : (Object) (-asDouble(value));
    }

    private static void refuseZero(Object divisor) {
        if (asDouble(divisor) == 0) {
            throw Failure.because("division by zero");
        }
    }

    static boolean equal(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return a.longValue() == b.longValue();
        }
        return left instanceof Double a && right instanceof Double b
                ? a.doubleValue() == b.doubleValue()
                : compare(left, right) == 0;
    }

    static int compare(Object left, Object right) {
        if (left instanceof Long a) {
            return right instanceof Long b ? Long.compare(a, b) : compareMixed(a, (Double) right);
        }
        var a = (double) (Double) left;
        return right instanceof Long b
                ? -compareMixed(b, a)
                : Double.compare(a + 0.0, (Double) right + 0.0);
    }

    /// Exact also where a double can't hold the whole number.
    private static int compareMixed(long whole, double number) {
        if (Double.isNaN(number) || number >= LONG_END) {
            return -1;
        }
        if (number < -LONG_END) {
            return 1;
        }
        var floor = (long) Math.floor(number);
        return whole == floor ? (number > floor ? -1 : 0) : Long.compare(whole, floor);
    }

    /// A whole number as a `Long`, whichever way it came.
    static long whole(@Nullable Object value) {
        if (value instanceof Long whole) {
            return whole;
        }
        if (value instanceof Double number
                && number == Math.rint(number)
                && Math.abs(number) < LONG_END) {
            return (long) (double) number;
        }
        throw Failure.because(
                isNumber(value)
                        ? value + " isn't a whole number"
                        : "a whole number is needed, not " + TypeName.plain(value));
    }

    /// Cuts the fraction off.
    static long truncated(double number) {
        if (!(Math.abs(number) < LONG_END)) {
            throw Failure.because(number + " is outside of the range of whole numbers");
        }
        return (long) number;
    }
}
