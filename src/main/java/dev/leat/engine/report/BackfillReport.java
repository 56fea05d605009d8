package dev.leat.engine.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leat.store.Backfill;
import dev.leat.store.Fire;
import dev.leat.store.Ids;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A range of a trigger's moments that somebody wants runs for, as every door shows it.
///
/// @param from the first moment that counts
/// @param to the first that doesn't any more
/// @param atOnce how many of its runs may be unfinished; with 1 they go in order
/// @param total how many moments there are
/// @param settled how many of them have a run, or a reason why there is none
/// @param ends how many of those ended in which way
/// @param active its unfinished runs, the first hundred
/// @param reason why it ended early
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Backfill")
public record BackfillReport(
        String id,
        String workflow,
        String trigger,
        Instant from,
        Instant to,
        int atOnce,
        int total,
        int settled,
        Map<Fire.State, Long> ends,
        List<String> active,
        Backfill.State state,
        @Nullable String reason,
        @Nullable String by,
        String via,
        @Nullable String why,
        Instant askedAt,
        @Nullable Instant finishedAt) {

    /// One that has just begun, without a question to the database: it is stored, and whoever
    /// heard otherwise would begin another one.
    public static BackfillReport begun(Backfill backfill) {
        return of(backfill, Map.of(), List.of());
    }

    static BackfillReport of(Backfill backfill, Map<Fire.State, Long> ends, List<String> active) {
        return new BackfillReport(
                Ids.text(backfill.id()),
                backfill.workflow(),
                backfill.trigger(),
                backfill.from(),
                backfill.to(),
                backfill.atOnce(),
                backfill.total(),
                backfill.started(),
                ends,
                active,
                backfill.state(),
                backfill.reason(),
                backfill.by(),
                backfill.via(),
                backfill.why(),
                backfill.askedAt(),
                backfill.finishedAt());
    }
}
