package dev.leat.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Where a task of a run is now. A task without a row is pending.
public final class TaskRun {

    static final String COLUMNS =
            """
            t.run, t.task, t.state, t.attempt, t.lost, t.reason, t.due_at, t.started_at, t.finished_at, t.error,
            t.has_output, t.awaits, t.detail""";

    public long run;

    public String task = "";

    public TaskState state = TaskState.PENDING;

    public int attempt;

    /// How many of the attempts were lost with their process.
    public int lost;

    public @Nullable String reason;

    public @Nullable Long dueAt;

    public @Nullable Long startedAt;

    public @Nullable Long finishedAt;

    /// A [dev.leat.task.TaskError] as JSON.
    public @Nullable String error;

    /// Whether `task_output` has a row for it.
    public boolean hasOutput;

    /// What it waits for, in WAITING, unless that is a moment or a pool.
    public @Nullable String awaits;

    /// What the engine has to know of it besides, as JSON.
    public @Nullable String detail;

    public TaskRun() {}

    TaskRun(Row.TaskRow row) {
        run = row.key().run();
        task = row.key().task();
        state = row.state();
        attempt = row.attempt();
        lost = row.lost();
        reason = row.reason();
        dueAt = row.dueAt();
        startedAt = row.startedAt();
        finishedAt = row.finishedAt();
        error = row.error();
        hasOutput = row.hasOutput();
        awaits = row.awaits();
        detail = row.detail();
    }

    /// @param row with [#COLUMNS]
    TaskRun(Columns row) throws SQLException {
        run = row.number();
        task = row.text();
        state = TaskState.valueOf(row.text());
        attempt = row.integer();
        lost = row.integer();
        reason = row.textOrNull();
        dueAt = row.numberOrNull();
        startedAt = row.numberOrNull();
        finishedAt = row.numberOrNull();
        error = row.textOrNull();
        hasOutput = row.truth();
        awaits = row.textOrNull();
        detail = row.textOrNull();
    }
}
