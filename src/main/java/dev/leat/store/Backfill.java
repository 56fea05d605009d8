package dev.leat.store;

import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A range of a trigger's nominal moments that somebody wants runs for.
///
/// @param from the first moment that counts
/// @param to the first that doesn't any more
/// @param atOnce how many of its runs may be unfinished; with 1 they go in order
/// @param total how many moments there are
/// @param started how many of them are settled, by a run or by why there is none
/// @param cursor the last that is settled; null for none
/// @param reason why it ended early
/// @param by who asked; null where they didn't say
/// @param via the door they came by
public record Backfill(
        long id,
        String workflow,
        String trigger,
        Instant from,
        Instant to,
        int atOnce,
        int total,
        int started,
        @Nullable Instant cursor,
        State state,
        @Nullable String reason,
        @Nullable String by,
        String via,
        @Nullable String why,
        Instant askedAt,
        @Nullable Instant finishedAt) {

    static final String COLUMNS =
            """
            b.id, b.workflow, b.trigger_id, b.from_at, b.to_at, b.at_once, b.total, b.started, b.cursor_at, b.state,
            b.reason, b.who, b.via, b.why, b.asked_at, b.finished_at""";

    /// The table's constraint knows the same words.
    public enum State {
        RUNNING,
        /// All its moments are settled and its runs have ended.
        DONE,
        CANCELLED,
        /// It could not go on.
        FAILED
    }

    /// One more moment is settled.
    public Backfill settled(Instant moment) {
        return new Backfill(
                id,
                workflow,
                trigger,
                from,
                to,
                atOnce,
                total,
                started + 1,
                moment,
                state,
                reason,
                by,
                via,
                why,
                askedAt,
                finishedAt);
    }

    public Backfill ended(State end, @Nullable String sentence, Instant now) {
        return new Backfill(
                id, workflow, trigger, from, to, atOnce, total, started, cursor, end, sentence, by,
                via, why, askedAt, now);
    }

    /// @param row with [#COLUMNS]
    static Backfill read(Columns row) throws SQLException {
        return new Backfill(
                row.number(),
                row.text(),
                row.text(),
                Micros.instant(row.number()),
                Micros.instant(row.number()),
                row.integer(),
                row.integer(),
                row.integer(),
                instant(row.numberOrNull()),
                State.valueOf(row.text()),
                row.textOrNull(),
                row.textOrNull(),
                row.text(),
                row.textOrNull(),
                Micros.instant(row.number()),
                instant(row.numberOrNull()));
    }

    private static @Nullable Instant instant(@Nullable Long micros) {
        return micros == null ? null : Micros.instant(micros);
    }
}
