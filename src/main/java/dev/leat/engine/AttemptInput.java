package dev.leat.engine;

import dev.leat.plugin.TaskType;
import dev.leat.store.Json;
import dev.leat.task.Problem;
import dev.leat.task.TaskError;
import dev.leat.workflow.Schemas;
import dev.leat.workflow.TaskSpec;
import dev.leat.workflow.expression.Template;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an attempt works with: its task's templates, evaluated.
record AttemptInput(Map<String, @Nullable Object> parameters, Map<String, String> environment) {

    /// @throws dev.leat.workflow.expression.ExpressionException where one of them fails
    static AttemptInput of(TaskSpec spec, Template.Scope scope) {
        return new AttemptInput(parameters(spec, scope), environment(spec, scope));
    }

    /// What the type's schema has against the parameters.
    Optional<TaskError> refusedBy(TaskType type, Schemas schemas) {
        List<Problem> problems = schemas.validate(type.parameters(), parameters);
        if (problems.isEmpty()) {
            return Optional.empty();
        }
        var sentence =
                problems.stream()
                        .map(problem -> "with" + problem.pointer() + ": " + problem.message())
                        .collect(Collectors.joining("; "));
        return Optional.of(TaskError.permanent("parameters", sentence));
    }

    static TaskError unknown(String type) {
        return TaskError.permanent(
                "unknown-task-type",
                "there is no task type '" + type + "' any more; is its plugin gone?");
    }

    static TaskError late(Duration limit) {
        return TaskError.transientFailure(
                "timeout", "the attempt took longer than its timeout of " + Words.duration(limit));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> parameters(TaskSpec spec, Template.Scope scope) {
        return spec.with().evaluate(scope) instanceof Map<?, ?> map
                ? (Map<String, @Nullable Object>) map
                : Map.of();
    }

    private static Map<String, String> environment(TaskSpec spec, Template.Scope scope) {
        if (spec.env().isEmpty()) {
            return Map.of();
        }
        var environment = new LinkedHashMap<String, String>();
        spec.env()
                .forEach((name, template) -> environment.put(name, text(template.evaluate(scope))));
        return environment;
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            case Object other -> Json.write(other);
        };
    }
}
