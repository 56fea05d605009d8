package dev.leat.engine.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leat.store.Fire;
import dev.leat.store.Ids;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What one expected fire came to: a line of the ledger, as every door shows it.
///
/// @param slot which fire of the trigger it is
/// @param nominal the moment that it stands for
/// @param dueAt when it should have started a run
/// @param at when it ended so; until then, when it was noticed
/// @param lateness milliseconds between the two
/// @param cause why there is no run, in a word
/// @param reason a sentence
/// @param run that it started
/// @param backfill that asked for it
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Fire")
public record FireReport(
        String id,
        String workflow,
        String trigger,
        String slot,
        Instant nominal,
        Instant dueAt,
        Instant at,
        long lateness,
        Fire.State state,
        Fire.@Nullable Cause cause,
        @Nullable String reason,
        @Nullable String run,
        @Nullable String backfill) {

    public static FireReport of(Fire fire) {
        return new FireReport(
                Ids.text(fire.id()),
                fire.workflow(),
                fire.trigger(),
                fire.slot(),
                fire.nominal(),
                fire.dueAt(),
                fire.at(),
                fire.lateness().toMillis(),
                fire.state(),
                fire.cause(),
                fire.reason(),
                text(fire.run()),
                text(fire.backfill()));
    }

    private static @Nullable String text(@Nullable Long id) {
        return id == null ? null : Ids.text(id);
    }
}
