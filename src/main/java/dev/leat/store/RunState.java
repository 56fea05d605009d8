package dev.leat.store;

import java.util.Arrays;
import java.util.List;

/// Where a run is. The arrows are drawn in `docs/run-states.md`; the table's constraint knows the
/// same words.
public enum RunState {
    QUEUED,
    RUNNING,
    PAUSED,
    SUCCESS,
    FAILED,
    CANCELLED,
    TIMED_OUT;

    /// Whether nothing can happen to the run any more.
    public boolean terminal() {
        return switch (this) {
            case SUCCESS, FAILED, CANCELLED, TIMED_OUT -> true;
            case QUEUED, RUNNING, PAUSED -> false;
        };
    }

    public static List<RunState> unfinished() {
        return Arrays.stream(values()).filter(state -> !state.terminal()).toList();
    }
}
