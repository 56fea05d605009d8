package dev.leat.workflow.expression;

import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/// A function with its arguments.
record Invocation(Function function, Node[] arguments) implements Node {

    @Override
    public @Nullable Object evaluate(Frame frame) {
        frame.meter.step();
        var values = new @Nullable Object[arguments.length];
        for (int index = 0; index < arguments.length; index++) {
            values[index] = arguments[index].evaluate(frame);
        }
        try {
            return function.apply(frame, values);
        } catch (ArithmeticException _) {
            throw Failure.because("a number is too large");
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Failure.because(String.valueOf(e.getMessage()));
        }
    }
}
