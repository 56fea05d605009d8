package dev.leat.workflow.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `map`, `filter`, `all` and their like become: a result that each element of a range takes
/// a step further.
///
/// @param element slot of the element, or of the index or key where there are two variables
/// @param value slot of the second variable; -1 where there is one
/// @param condition null for always
record Comprehension(
        Node range,
        Node init,
        int result,
        int element,
        int value,
        @Nullable Node condition,
        Node step,
        Node end)
        implements Node {

    @Override
    public @Nullable Object evaluate(Frame frame) {
        var over = range.evaluate(frame);
        frame.local(result, init.evaluate(frame));
        switch (over) {
            case List<?> list -> overList(list, frame);
            case Map<?, ?> map -> overMap(map, frame);
            case null, default -> Function.needs("a list or a map", over);
        }
        return GrowingList.finished(end.evaluate(frame));
    }

    private void overList(List<?> list, Frame frame) {
        long index = 0;
        for (var item : list) {
            var read = Values.read(item);
            if (!round(value < 0 ? read : (Object) index, read, frame)) {
                return;
            }
            index++;
        }
    }

    private void overMap(Map<?, ?> map, Frame frame) {
        for (var entry : map.entrySet()) {
            if (!round(entry.getKey(), value < 0 ? null : Values.read(entry.getValue()), frame)) {
                return;
            }
        }
    }

    private boolean round(@Nullable Object first, @Nullable Object second, Frame frame) {
        frame.meter.iteration();
        frame.local(element, first);
        if (value >= 0) {
            frame.local(value, second);
        }
        if (condition != null && !Operators.condition(condition.evaluate(frame))) {
            return false;
        }
        frame.local(result, stepped(frame));
        return true;
    }

    /// Where a condition looks at the result, as in `all`, a failed element may still be outvoted
    /// by a later one.
    private @Nullable Object stepped(Frame frame) {
        try {
            return step.evaluate(frame);
        } catch (Failure failure) {
            if (condition == null) {
                throw failure;
            }
            return failure;
        }
    }
}
