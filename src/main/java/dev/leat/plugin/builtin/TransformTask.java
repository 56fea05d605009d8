package dev.leat.plugin.builtin;

import dev.leat.plugin.BuiltIn;
import dev.leat.plugin.TaskType;
import dev.leat.plugin.TaskTypes;
import dev.leat.task.Outcome;
import dev.leat.task.TaskContext;
import jakarta.inject.Singleton;

/// Makes a value out of others. The work is done when it comes here: expressions in parameters are
/// evaluated before a task is performed.
@Singleton
class TransformTask implements BuiltIn {

    private final TaskType type = TaskTypes.builtIn("transform", TaskTypes.JAVA);

    @Override
    public TaskType type() {
        return type;
    }

    @Override
    public Outcome perform(TaskContext context) {
        return Outcome.succeeded(context.parameters().get("value"));
    }
}
