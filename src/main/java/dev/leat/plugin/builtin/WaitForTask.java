package dev.leat.plugin.builtin;

import dev.leat.plugin.BuiltIn;
import dev.leat.plugin.TaskType;
import dev.leat.plugin.TaskTypes;
import dev.leat.task.Outcome;
import dev.leat.task.TaskContext;
import dev.leat.task.TaskError;
import jakarta.inject.Singleton;

/// Waits for a signal. The engine brings it; here is only which.
@Singleton
class WaitForTask implements BuiltIn {

    private final TaskType type = TaskTypes.builtIn("waitFor", TaskTypes.ENGINE);

    @Override
    public TaskType type() {
        return type;
    }

    @Override
    public Outcome perform(TaskContext context) {
        var signal = SignalTask.signal(context);
        try {
            var deadline = Deadline.of(context);
            var which =
                    "'"
                            + signal.name()
                            + "'"
                            + (signal.key().isEmpty() ? "" : " for " + signal.key());
            return new Outcome.Awaiting(
                    signal,
                    "waits for the signal " + which + Deadline.words(deadline),
                    deadline,
                    context.parameters().containsKey("default")
                            ? Outcome.succeeded(context.parameters().get("default"))
                            : Outcome.failed(
                                    TaskError.transientFailure(
                                            "timeout", "the signal " + which + " didn't come")));
        } catch (IllegalArgumentException wrong) {
            return Outcome.failed(
                    TaskError.permanent("parameters", "with/deadline: " + wrong.getMessage()));
        }
    }
}
