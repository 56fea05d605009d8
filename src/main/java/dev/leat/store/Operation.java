package dev.leat.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that somebody did with a run, or asked for.
///
/// @param id grows with time
/// @param task null where it is about the whole run
/// @param by who, as they said; null where they didn't
/// @param via the door they came by: `api`, `cli`, `dashboard`
/// @param details what was asked for
/// @param answer why it was refused
/// @param doneAt null while it is ASKED
public record Operation(
        long id,
        long run,
        Action action,
        @Nullable String task,
        @Nullable String by,
        String via,
        @Nullable String why,
        Map<String, @Nullable Object> details,
        State state,
        @Nullable String answer,
        Instant askedAt,
        @Nullable Instant doneAt) {

    static final String COLUMNS =
            """
            o.id, o.run, o.action, o.task, o.who, o.via, o.why, o.details, o.state, o.answer, o.asked_at,
            o.done_at""";

    public Operation {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /// The table's constraint knows the same words.
    public enum Action {
        CANCEL,
        PAUSE,
        RESUME,
        MARK,
        SKIP,
        RERUN,
        LABEL
    }

    /// What became of it; the table's constraint knows the same words.
    public enum State {
        /// Waits for whoever carries the run, or will.
        ASKED,
        DONE,
        /// It couldn't be done any more when its turn came.
        REFUSED
    }

    public Operation done(Instant at) {
        return ended(State.DONE, null, at);
    }

    public Operation refused(String answer, Instant at) {
        return ended(State.REFUSED, answer, at);
    }

    private Operation ended(State end, @Nullable String said, Instant at) {
        return new Operation(id, run, action, task, by, via, why, details, end, said, askedAt, at);
    }

    /// Who to name in a sentence.
    public String who() {
        return by == null ? via : by;
    }

    /// @param row with [#COLUMNS]
    static Operation read(Columns row) throws SQLException {
        return new Operation(
                row.number(),
                row.number(),
                Action.valueOf(row.text()),
                row.textOrNull(),
                row.textOrNull(),
                row.text(),
                row.textOrNull(),
                Json.readObject(row.text()),
                State.valueOf(row.text()),
                row.textOrNull(),
                instant(row.number()),
                instantOrNull(row.numberOrNull()));
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static @Nullable Instant instantOrNull(@Nullable Long micros) {
        return micros == null ? null : instant(micros);
    }
}
