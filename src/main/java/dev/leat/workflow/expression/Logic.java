package dev.leat.workflow.expression;

import org.jspecify.annotations.Nullable;

/// Operators that don't evaluate all of their sides, or that live with a side's failure.
final class Logic {

    private Logic() {}

    /// `&&` is decided by false and `||` by true, on whichever side; a failure of the other side
    /// then doesn't count.
    static Node decidedBy(boolean decision, Node left, Node right) {
        return frame -> {
            boolean first;
            try {
                first = Operators.condition(left.evaluate(frame));
            } catch (Failure failure) {
                if (Operators.condition(right.evaluate(frame)) == decision) {
                    return decision;
                }
                throw failure;
            }
            return first == decision ? first : Operators.condition(right.evaluate(frame));
        };
    }

    static Node choice(Node condition, Node then, Node otherwise) {
        return frame ->
                Operators.condition(condition.evaluate(frame))
                        ? then.evaluate(frame)
                        : otherwise.evaluate(frame);
    }

    /// Whether `all` and `exists` have to go on.
    static Node notStrictlyFalse(Node condition) {
        return frame -> {
            try {
                return !Boolean.FALSE.equals(condition.evaluate(frame));
            } catch (Failure _) {
                return true;
            }
        };
    }

    /// @param unwrapped whether the answer is the value itself
    static Node firstPresent(Node optional, Node otherwise, boolean unwrapped) {
        return frame -> {
            var maybe = Conversions.maybe(optional.evaluate(frame));
            return maybe.present() ? taken(maybe, unwrapped) : otherwise.evaluate(frame);
        };
    }

    private static @Nullable Object taken(Maybe maybe, boolean unwrapped) {
        return unwrapped ? maybe.value() : maybe;
    }
}
