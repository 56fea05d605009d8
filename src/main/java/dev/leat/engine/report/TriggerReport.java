package dev.leat.engine.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leat.store.Fire;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A trigger of a workflow's current revision, as every door shows it.
///
/// @param type `cron`, `interval`, `once`, `webhook`, `workflow` or `file`
/// @param sentence what it does
/// @param revision the number of the one that declares it
/// @param enabled whether the definition lets it fire
/// @param pause who holds it up; null where nobody does
/// @param trouble why it can't fire as it is
/// @param settings as the definition has them, without what all triggers have
/// @param maxActive how many of its runs may be unfinished; 0 for any number
/// @param pauseAfterFailures it pauses itself after so many failures in a row; 0 for never
/// @param timezone of its local times, where it goes by the clock
/// @param next its next fires
/// @param lastFire the newest line of the ledger
/// @param lastDay how many fires of the last 24 hours ended in which way
/// @param active its unfinished runs, the first hundred
/// @param url where a webhook listens, without the host
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Trigger")
public record TriggerReport(
        String workflow,
        String id,
        String type,
        String sentence,
        int revision,
        boolean enabled,
        @Nullable Pause pause,
        @Nullable String trouble,
        Map<String, @Nullable Object> settings,
        Map<String, String> labels,
        @Nullable Instant startAt,
        @Nullable Instant endAt,
        int maxActive,
        int pauseAfterFailures,
        @Nullable String timezone,
        List<Moment> next,
        @Nullable FireReport lastFire,
        Map<Fire.State, Long> lastDay,
        List<String> active,
        @Nullable String url) {

    /// @param by who; `leat` where it paused itself
    /// @param trialAt where it paused itself: when it tries a single run
    /// @param trialRun the run that it tries
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "TriggerPause")
    public record Pause(
            Instant at,
            @Nullable String by,
            @Nullable String why,
            @Nullable Instant trialAt,
            @Nullable String trialRun) {}

    public boolean paused() {
        return pause != null;
    }

    /// Whether it goes by the clock.
    public boolean timed() {
        return timezone != null;
    }
}
