package dev.leat.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// One step of a run's history, never changed: numbered from 1 in its run without a gap. Attempts
/// are read from these.
public final class Transition {

    static final String COLUMNS =
            "t.run, t.seq, t.task, t.state, t.attempt, t.reason, t.error, t.due_at, t.at";

    public long run;

    public long seq;

    /// Null where the run itself changed.
    public @Nullable String task;

    /// A [TaskState], or a [RunState] where `task` is null, or `CANCEL_REQUESTED`.
    public String state = "";

    public int attempt;

    public @Nullable String reason;

    public @Nullable String error;

    public @Nullable Long dueAt;

    public long at;

    public Transition() {}

    /// @param row with [#COLUMNS]
    Transition(Columns row) throws SQLException {
        run = row.number();
        seq = row.number();
        task = row.textOrNull();
        state = row.text();
        attempt = row.integer();
        reason = row.textOrNull();
        error = row.textOrNull();
        dueAt = row.numberOrNull();
        at = row.number();
    }

    /// Whether the run has ended with it.
    public boolean endsRun() {
        return task == null
                && !state.equals(JournalEntry.CANCEL_REQUESTED)
                && RunState.valueOf(state).terminal();
    }
}
