package dev.leat.engine;

import dev.leat.store.TaskState;
import dev.leat.task.TaskError;
import dev.leat.workflow.TaskSpec.Repeat;
import dev.leat.workflow.expression.ExpressionException;
import dev.leat.workflow.expression.Template;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Runs a task again after it succeeded, until its `repeat` says that it is enough.
final class RepeatMoves {

    private final TaskMoves tasks;
    private final RunContext context;
    private final RunLedger ledger;

    RepeatMoves(TaskMoves tasks, RunContext context, RunLedger ledger) {
        this.tasks = tasks;
        this.context = context;
        this.ledger = ledger;
    }

    /// The task has succeeded once more.
    ///
    /// @return whether there is more to come of it, or it failed here
    boolean goesOn(TaskCell task, Repeat repeat, Instant now) {
        boolean enough;
        try {
            var scope = context.of(task);
            enough = isTrue(repeat.ends(), scope, false) || !isTrue(repeat.goesOn(), scope, true);
        } catch (ExpressionException broken) {
            fail(task, broken.code(), "repeat: " + broken.getMessage(), now);
            return true;
        }
        if (enough) {
            return false;
        }
        if (task.repetition + 1 >= repeat.atMost()) {
            var sentence =
                    "it ran %d times, and its condition is not met; that is as often as 'repeat' allows"
                            .formatted(repeat.atMost());
            fail(task, "repeat-exhausted", sentence, now);
            return true;
        }
        again(task, repeat, now);
        return true;
    }

    private void again(TaskCell task, Repeat repeat, Instant now) {
        task.repetition++;
        task.earlierAttempts = task.attempt - task.lost;
        task.repeating = true;
        tasks.leavePool(task);
        var reason = "repetition %d of at most %d".formatted(task.repetition + 1, repeat.atMost());
        task.state = TaskState.WAITING;
        task.dueAt = now.plus(repeat.delay());
        if (repeat.delay().isZero()) {
            ledger.task(task, reason, now);
            begin(task, now);
        } else {
            ledger.task(task, reason + " in " + Words.duration(repeat.delay()), now);
            ledger.then(new Command.WakeAt(task, task.dueAt));
        }
    }

    /// The time of a repetition has come.
    void begin(TaskCell task, Instant now) {
        task.repeating = false;
        if (tasks.phase != null) {
            tasks.makeReady(task, tasks.phase, now);
        }
    }

    private static boolean isTrue(
            @Nullable Template condition, Template.Scope scope, boolean none) {
        return condition == null ? none : Boolean.TRUE.equals(condition.evaluate(scope));
    }

    private void fail(TaskCell task, String code, String message, Instant now) {
        task.error = TaskError.permanent(code, message);
        tasks.finish(task, TaskState.FAILED, null, now);
    }
}
