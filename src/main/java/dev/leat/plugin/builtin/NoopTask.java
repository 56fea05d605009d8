package dev.leat.plugin.builtin;

import dev.leat.plugin.BuiltIn;
import dev.leat.plugin.TaskType;
import dev.leat.plugin.TaskTypes;
import dev.leat.task.Outcome;
import dev.leat.task.TaskContext;
import jakarta.inject.Singleton;

/// Does nothing, and does it well: a point where branches meet, or a stand-in.
@Singleton
class NoopTask implements BuiltIn {

    private final TaskType type = TaskTypes.builtIn("noop", TaskTypes.JAVA);

    @Override
    public TaskType type() {
        return type;
    }

    @Override
    public Outcome perform(TaskContext context) {
        return Outcome.succeeded(context.parameters().get("output"));
    }
}
