package dev.leat.plugin.builtin;

import dev.leat.plugin.BuiltIn;
import dev.leat.plugin.TaskType;
import dev.leat.plugin.TaskTypes;
import dev.leat.task.Outcome;
import dev.leat.task.TaskContext;
import dev.leat.task.TaskError;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fails as told: for what a workflow itself finds wrong.
@Singleton
class FailTask implements BuiltIn {

    private final TaskType type = TaskTypes.builtIn("fail", TaskTypes.JAVA);

    @Override
    public TaskType type() {
        return type;
    }

    @Override
    public Outcome perform(TaskContext context) {
        var parameters = context.parameters();
        var details = new LinkedHashMap<String, @Nullable Object>();
        if (parameters.get("details") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> details.put(String.valueOf(name), value));
        }
        return Outcome.failed(
                new TaskError(
                        String.valueOf(parameters.getOrDefault("code", "failed")),
                        String.valueOf(
                                parameters.getOrDefault("message", "The workflow failed itself.")),
                        Boolean.TRUE.equals(parameters.get("retryable")),
                        null,
                        details,
                        List.of()));
    }
}
