package dev.leat.engine.report;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a run would do, as far as that is known before it starts.
///
/// @param inputs with the schema's defaults
/// @param vars those that are known
/// @param latest null where nothing bounds it
/// @param unbounded the tasks that are why
/// @param notes what would go wrong at once
@RegisterForReflection
public record PlanReport(
        String workflow,
        Map<String, @Nullable Object> inputs,
        Map<String, @Nullable Object> vars,
        List<Phase> phases,
        String earliest,
        @Nullable String latest,
        List<String> unbounded,
        List<String> notes) {

    /// @param name `tasks`, `onFailure` or `finally`
    /// @param waves tasks that can run at once, each wave after the one before
    @RegisterForReflection
    public record Phase(String name, List<List<PlannedTask>> waves) {}

    /// @param state `runs`, `skipped` or `depends`
    /// @param why null where it runs
    /// @param latest null where nothing bounds it
    /// @param with evaluated; texts of which not all is known are as written
    /// @param knownAfter what those need, such as `tasks.fetch`
    @RegisterForReflection
    public record PlannedTask(
            String id,
            String type,
            String state,
            @Nullable String why,
            String earliest,
            @Nullable String latest,
            @Nullable Object with,
            List<String> knownAfter) {}
}
