package dev.leat.plugin.builtin;

import dev.leat.plugin.BuiltIn;
import dev.leat.plugin.TaskType;
import dev.leat.plugin.TaskTypes;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.task.TaskContext;
import dev.leat.task.TaskError;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs another workflow. The engine starts it; here is only what to start.
@Singleton
class SubflowTask implements BuiltIn {

    private final TaskType type = TaskTypes.builtIn("subflow", TaskTypes.ENGINE);

    @Override
    public TaskType type() {
        return type;
    }

    @Override
    public Outcome perform(TaskContext context) {
        var parameters = context.parameters();
        var workflow = String.valueOf(parameters.get("workflow"));
        var revision = parameters.get("revision") instanceof Number number ? number.intValue() : 0;
        var labels = new LinkedHashMap<String, String>();
        object(parameters.get("labels"))
                .forEach((name, value) -> labels.put(name, String.valueOf(value)));
        var child =
                new Awaited.Run(workflow, revision, object(parameters.get("inputs")), labels, null);
        return new Outcome.Awaiting(
                child,
                "waits for a run of '" + workflow + "'",
                null,
                Outcome.failed(
                        TaskError.transientFailure(
                                "timeout", "the run of '" + workflow + "' took too long")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }
}
