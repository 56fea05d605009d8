package dev.leat.store;

/// Where a task of a run is. The arrows are drawn in `docs/run-states.md`; the table's constraint
/// knows the same words.
public enum TaskState {
    /// Waits for the tasks it depends on. The only state that has no row: what isn't in the table
    /// is pending.
    PENDING,
    /// Could start, and waits for a free slot.
    READY,
    RUNNING,
    /// Between two attempts.
    RETRYING,
    /// For a moment, an answer, a pool or another run.
    WAITING,
    SUCCESS,
    FAILED,
    TIMED_OUT,
    SKIPPED,
    UPSTREAM_FAILED,
    CANCELLED,
    /// Its node died while it ran, and running it again might do harm: a person or `onFailure`
    /// decides.
    UNKNOWN;

    /// Whether nothing can happen to the task any more.
    public boolean terminal() {
        return switch (this) {
            case SUCCESS, FAILED, TIMED_OUT, SKIPPED, UPSTREAM_FAILED, CANCELLED, UNKNOWN -> true;
            case PENDING, READY, RUNNING, RETRYING, WAITING -> false;
        };
    }

    /// Whether trigger rules and the run's end count it as a failure.
    public boolean failure() {
        return switch (this) {
            case FAILED, TIMED_OUT, UPSTREAM_FAILED, UNKNOWN -> true;
            case PENDING, READY, RUNNING, RETRYING, WAITING, SUCCESS, SKIPPED, CANCELLED -> false;
        };
    }
}
