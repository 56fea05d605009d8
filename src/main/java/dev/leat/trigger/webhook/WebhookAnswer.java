package dev.leat.trigger.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leat.store.Fire;
import dev.leat.store.RunState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What a sender is told: no more than it needs.
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "WebhookAnswer")
record WebhookAnswer(
        @Schema(description = "The run that was started; left out where none was.")
                @Nullable String run,
        @Schema(
                        description =
                                "The run's state; SKIPPED where none is started, HELD where one waits for a blackout window's end.")
                String state,
        @Schema(description = "Why no run was started, or the run is where it is.")
                @Nullable String reason,
        @Schema(description = "The run's outputs, where the webhook waits for them.")
                @Nullable Map<String, @Nullable Object> outputs) {

    static WebhookAnswer none(Fire.State state, String reason) {
        return new WebhookAnswer(null, state.name(), reason, null);
    }

    /// @param outputs null where nobody waited for them
    static WebhookAnswer of(
            String run, RunState state, @Nullable Map<String, @Nullable Object> outputs) {
        var failed = state.terminal() && state != RunState.SUCCESS;
        // Why it failed is for those who may look at the run.
        return new WebhookAnswer(
                run, state.name(), failed ? "The run didn't succeed." : null, outputs);
    }
}
