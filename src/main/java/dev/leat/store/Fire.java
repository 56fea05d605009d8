package dev.leat.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one expected fire of a trigger came to: a line of the ledger.
///
/// @param id grows with time
/// @param slot which fire of the trigger it is; no two have the same
/// @param nominal the moment that it stands for
/// @param dueAt when it should have started a run; or, while it is held, when it is looked at again
/// @param cause why no run was started, in a word
/// @param reason a sentence; null where there is nothing to say
/// @param run that it started
/// @param backfill that asked for it
/// @param facts what `trigger` says in expressions, while it is open; null afterwards
/// @param at when it ended so
public record Fire(
        long id,
        String workflow,
        String trigger,
        String slot,
        Instant nominal,
        Instant dueAt,
        State state,
        @Nullable Cause cause,
        @Nullable String reason,
        @Nullable Long run,
        @Nullable Long backfill,
        @Nullable Map<String, @Nullable Object> facts,
        Instant at) {

    static final String COLUMNS =
            """
            f.id, f.workflow, f.trigger_id, f.slot, f.nominal, f.due_at, f.state, f.cause, f.reason, f.run, f.backfill,
            f.facts, f.at""";

    /// The table's constraint knows the same words.
    public enum State {
        /// It is time, and its run is about to start.
        DUE,
        /// A blackout window holds it.
        HELD,
        STARTED,
        SKIPPED,
        /// A run was started later, because nobody was there at the time.
        CATCH_UP,
        /// It should have started a run, and there is none.
        MISSED;

        /// Whether nothing comes after it.
        public boolean ended() {
            return this != DUE && this != HELD;
        }
    }

    /// The table's constraint knows the same words.
    public enum Cause {
        /// Too many runs of the trigger or the workflow go on.
        OVERLAP,
        CALENDAR,
        BLACKOUT,
        /// The definition says so.
        DISABLED,
        PAUSED,
        /// Before the trigger's first moment, or after its last.
        BOUNDS,
        /// Nobody was there at the time.
        ABSENT,
        /// The run could not be started.
        REFUSED
    }

    /// How long after it was due a run was started, or it was found that none would be.
    public Duration lateness() {
        return at.isBefore(dueAt) ? Duration.ZERO : Duration.between(dueAt, at);
    }

    /// The same fire with its end.
    public Fire ended(
            State end,
            @Nullable Cause why,
            @Nullable String sentence,
            @Nullable Long started,
            Instant now) {
        return new Fire(
                id, workflow, trigger, slot, nominal, dueAt, end, why, sentence, started, backfill,
                null, now);
    }

    /// The same fire with what is special in it.
    public Fire noted(@Nullable String sentence) {
        return new Fire(
                id, workflow, trigger, slot, nominal, dueAt, state, cause, sentence, run, backfill,
                facts, at);
    }

    /// The same fire, looked at again at that moment.
    public Fire held(Instant until, String sentence, Map<String, @Nullable Object> said) {
        return new Fire(
                id,
                workflow,
                trigger,
                slot,
                nominal,
                until,
                State.HELD,
                Cause.BLACKOUT,
                sentence,
                null,
                backfill,
                said,
                at);
    }

    /// @param row with [#COLUMNS]
    static Fire read(Columns row) throws SQLException {
        return new Fire(
                row.number(),
                row.text(),
                row.text(),
                row.text(),
                Micros.instant(row.number()),
                Micros.instant(row.number()),
                State.valueOf(row.text()),
                cause(row.textOrNull()),
                row.textOrNull(),
                row.numberOrNull(),
                row.numberOrNull(),
                facts(row.textOrNull()),
                Micros.instant(row.number()));
    }

    private static @Nullable Cause cause(@Nullable String word) {
        return word == null ? null : Cause.valueOf(word);
    }

    private static @Nullable Map<String, @Nullable Object> facts(@Nullable String json) {
        return json == null ? null : Json.readObject(json);
    }
}
