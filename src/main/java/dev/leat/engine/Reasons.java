package dev.leat.engine;

import dev.leat.store.Change.RunError;
import dev.leat.store.TaskState;
import dev.leat.task.TaskError;
import java.util.List;
import java.util.Locale;

/// Why things are as they are, in sentences that name the task that decided.
final class Reasons {

    private Reasons() {}

    /// Why a task's trigger rule can't be met any more.
    static String never(TaskCell task, TaskState state) {
        var rule = task.spec.triggerRule().name().toLowerCase(Locale.ROOT);
        if (state == TaskState.UPSTREAM_FAILED) {
            return "'" + task.failedBy + "' failed, and the rule is " + rule;
        }
        var decider =
                task.skippedBecause != null ? task.skippedBecause : "nothing it depends on failed";
        return decider + ", and the rule is " + rule;
    }

    /// Why a task waits between two attempts.
    static String retry(TaskCell task, Retries.Decision.Again again, TaskError failure) {
        return "attempt %d of %d in %s (%s): %s"
                .formatted(
                        task.tries() + 1,
                        task.spec.retry().maxAttempts(),
                        Words.duration(again.delay()),
                        again.arithmetic(),
                        failure.message());
    }

    /// What a run that failed says of the task that decided it.
    static RunError runError(TaskCell task) {
        var error = task.error;
        if (error == null) {
            var sentence = "task '" + task.id() + "' ended " + task.state;
            return new RunError(
                    "task-" + task.state.name().toLowerCase(Locale.ROOT),
                    sentence,
                    task.id(),
                    task.attempt,
                    List.of());
        }
        return new RunError(error.code(), error.message(), task.id(), task.attempt, error.causes());
    }
}
