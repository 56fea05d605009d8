package dev.leat.plugin.builtin;

import dev.leat.plugin.BuiltIn;
import dev.leat.plugin.TaskType;
import dev.leat.plugin.TaskTypes;
import dev.leat.task.Awaited;
import dev.leat.task.Durations;
import dev.leat.task.Outcome;
import dev.leat.task.TaskContext;
import dev.leat.task.TaskError;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Sends a signal. The engine brings it to those who wait; here is only what it says.
@Singleton
class SignalTask implements BuiltIn {

    private final TaskType type = TaskTypes.builtIn("signal", TaskTypes.ENGINE);

    @Override
    public TaskType type() {
        return type;
    }

    @Override
    public Outcome perform(TaskContext context) {
        Duration keep;
        try {
            var text = context.parameters().getOrDefault("keep", "1d");
            keep = Durations.parse(String.valueOf(text));
        } catch (IllegalArgumentException wrong) {
            return Outcome.failed(
                    TaskError.permanent("parameters", "with/keep: " + wrong.getMessage()));
        }
        return new Outcome.Signalling(signal(context), context.parameters().get("payload"), keep);
    }

    static Awaited.Signal signal(TaskContext context) {
        var key = context.parameters().get("key");
        return new Awaited.Signal(
                String.valueOf(context.parameters().get("signal")),
                key == null ? "" : key.toString());
    }
}
