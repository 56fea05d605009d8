package dev.leat.engine;

import dev.leat.store.TaskState;
import dev.leat.task.TaskError;

/// What becomes of a task whose process died while it ran.
sealed interface LostAttempt {

    /// After so many lost attempts a task is taken for the one that brings its process down.
    int MOST_LOSSES = 5;

    record RunAgain(String reason) implements LostAttempt {}

    record GiveUp(TaskState state, TaskError error) implements LostAttempt {}

    /// @param task with the lost attempt counted
    static LostAttempt of(TaskCell task) {
        var lost = "attempt " + task.attempt + " was lost: its process ended while it ran";
        if (!task.spec.retrySafe()) {
            var sentence = lost + ", and 'retrySafe: false' says not to run it again";
            return new GiveUp(TaskState.UNKNOWN, TaskError.permanent("lost", sentence));
        }
        if (task.lost >= MOST_LOSSES) {
            var sentence = lost + ", the " + task.lost + "th time; it is not run again";
            return new GiveUp(TaskState.FAILED, TaskError.permanent("quarantined", sentence));
        }
        return new RunAgain(lost + "; it runs again and the lost one doesn't count as a retry");
    }
}
