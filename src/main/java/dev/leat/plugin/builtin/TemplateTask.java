package dev.leat.plugin.builtin;

import dev.leat.plugin.BuiltIn;
import dev.leat.plugin.TaskType;
import dev.leat.plugin.TaskTypes;
import dev.leat.store.Json;
import dev.leat.task.Outcome;
import dev.leat.task.TaskContext;
import jakarta.inject.Singleton;

/// Renders a text. Its expressions are evaluated before a task is performed; what is left to do is
/// to make sure that a text comes out, also where the whole of it was one expression.
@Singleton
class TemplateTask implements BuiltIn {

    private final TaskType type = TaskTypes.builtIn("template", TaskTypes.JAVA);

    @Override
    public TaskType type() {
        return type;
    }

    @Override
    public Outcome perform(TaskContext context) {
        var text = context.parameters().get("text");
        return Outcome.succeeded(text instanceof String ? text : Json.write(text));
    }
}
