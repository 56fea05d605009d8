package dev.leat.plugin.builtin;

import dev.leat.plugin.BuiltIn;
import dev.leat.plugin.TaskType;
import dev.leat.plugin.TaskTypes;
import dev.leat.store.Json;
import dev.leat.task.LogKind;
import dev.leat.task.Outcome;
import dev.leat.task.TaskContext;
import jakarta.inject.Singleton;
import java.util.Locale;

/// Writes a message to the run's log.
@Singleton
class LogTask implements BuiltIn {

    private final TaskType type = TaskTypes.builtIn("log", TaskTypes.JAVA);

    @Override
    public TaskType type() {
        return type;
    }

    @Override
    public Outcome perform(TaskContext context) {
        var message = context.parameters().get("message");
        var level = context.parameters().getOrDefault("level", "info");
        context.log()
                .append(
                        LogKind.valueOf(String.valueOf(level).toUpperCase(Locale.ROOT)),
                        message instanceof String text ? text : Json.write(message));
        return Outcome.succeeded(null);
    }
}
