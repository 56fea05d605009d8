package dev.leat.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A run as lists have it: without what came in and what came out of it, which may be large.
///
/// Times are microseconds since 1970 in UTC.
public sealed class ListedRun permits Run {

    static final String COLUMNS =
            """
            r.id, r.workflow, r.revision, r.revision_number, r.state, r.reason, r.error, r.trigger_kind, r.started_by,
            r.labels, r.task_count, r.created_at, r.started_at, r.finished_at, r.cancel_requested_at, r.fence,
            r.owner, r.priority, r.rerun_of""";

    public long id;

    /// Qualified id.
    public String workflow = "";

    public long revision;

    /// The revision's number, as people see it.
    public int revisionNumber;

    public RunState state = RunState.QUEUED;

    public @Nullable String reason;

    /// A [Change.RunError] as JSON.
    public @Nullable String error;

    public String trigger = "";

    public @Nullable String startedBy;

    /// A JSON object.
    public String labels = "{}";

    public int taskCount;

    public long createdAt;

    public @Nullable Long startedAt;

    public @Nullable Long finishedAt;

    public @Nullable Long cancelRequestedAt;

    /// Grows each time the run changes its owner.
    public long fence;

    /// The node that carries it, or carried it last; null while nobody does.
    public @Nullable Long owner;

    /// Larger goes first among those that wait.
    public int priority;

    /// The run it was made from; null for none.
    public @Nullable Long rerunOf;

    ListedRun() {}

    final void take(ListedRun other) {
        id = other.id;
        workflow = other.workflow;
        revision = other.revision;
        revisionNumber = other.revisionNumber;
        state = other.state;
        reason = other.reason;
        error = other.error;
        trigger = other.trigger;
        startedBy = other.startedBy;
        labels = other.labels;
        taskCount = other.taskCount;
        createdAt = other.createdAt;
        startedAt = other.startedAt;
        finishedAt = other.finishedAt;
        cancelRequestedAt = other.cancelRequestedAt;
        fence = other.fence;
        owner = other.owner;
        priority = other.priority;
        rerunOf = other.rerunOf;
    }

    /// @param row with [#COLUMNS]
    ListedRun(Columns row) throws SQLException {
        id = row.number();
        workflow = row.text();
        revision = row.number();
        revisionNumber = row.integer();
        state = RunState.valueOf(row.text());
        reason = row.textOrNull();
        error = row.textOrNull();
        trigger = row.text();
        startedBy = row.textOrNull();
        labels = row.text();
        taskCount = row.integer();
        createdAt = row.number();
        startedAt = row.numberOrNull();
        finishedAt = row.numberOrNull();
        cancelRequestedAt = row.numberOrNull();
        fence = row.number();
        owner = row.numberOrNull();
        priority = row.integer();
        rerunOf = row.numberOrNull();
    }
}
