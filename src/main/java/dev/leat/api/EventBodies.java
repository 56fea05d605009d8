package dev.leat.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leat.store.Json;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import dev.leat.store.Transition;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What events carry.
final class EventBodies {

    private EventBodies() {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RunStep", description = "The run is in another state.")
    record RunStep(
            long seq,
            @Schema(description = "A run state, or `CANCEL_REQUESTED`.") String state,
            @Nullable String reason,
            @Nullable Map<String, @Nullable Object> error,
            Instant at) {

        static RunStep of(Transition step) {
            return new RunStep(
                    step.seq, step.state, step.reason, errorOf(step), Views.instant(step.at));
        }
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "TaskStep", description = "A task is in another state.")
    record TaskStep(
            long seq,
            String task,
            TaskState state,
            int attempt,
            @Nullable String reason,
            @Nullable Map<String, @Nullable Object> error,
            @Nullable Instant dueAt,
            Instant at) {

        static TaskStep of(Transition step) {
            return new TaskStep(
                    step.seq,
                    Objects.requireNonNull(step.task),
                    TaskState.valueOf(step.state),
                    step.attempt,
                    step.reason,
                    errorOf(step),
                    step.dueAt == null ? null : Views.instant(step.dueAt),
                    Views.instant(step.at));
        }
    }

    @RegisterForReflection
    @Schema(name = "RunEnd", description = "Nothing more will happen.")
    record End(RunState state) {}

    private static @Nullable Map<String, @Nullable Object> errorOf(Transition step) {
        return step.error == null ? null : Json.readObjectToShow(step.error);
    }
}
