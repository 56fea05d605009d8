package dev.leat.engine;

import dev.leat.store.TaskState;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Parks tasks that wait for an answer, a signal or another run, and takes them on when it comes.
final class WaitMoves {

    private final TaskMoves tasks;
    private final RunContext context;
    private final RunLedger ledger;

    WaitMoves(TaskMoves tasks, RunContext context, RunLedger ledger) {
        this.tasks = tasks;
        this.context = context;
        this.ledger = ledger;
    }

    void park(TaskCell task, Outcome.Awaiting waiting, Instant now) {
        if (tasks.stopping != null) {
            tasks.finish(task, TaskState.CANCELLED, tasks.stopping, now);
            return;
        }
        task.state = TaskState.WAITING;
        task.awaited = waiting.awaited();
        task.late = waiting.late();
        task.dueAt = waiting.until();
        task.overdue = false;
        task.output = null;
        if (waiting.awaited() instanceof Awaited.Run run) {
            task.child = run.run();
        }
        limit(task, now);
        tasks.leavePool(task);
        ledger.task(task, waiting.reason(), now);
        await(task);
    }

    /// A task's timeout counts for its wait, too.
    private static void limit(TaskCell task, Instant now) {
        var timeout = task.spec.timeout();
        if (timeout != null && (task.dueAt == null || now.plus(timeout).isBefore(task.dueAt))) {
            task.dueAt = now.plus(timeout);
            task.late =
                    Outcome.failed(
                            TaskError.transientFailure(
                                    "timeout",
                                    "no answer came within the timeout of "
                                            + Words.duration(timeout)));
        }
    }

    /// Has it looked for what may have come already, and listened for what is to come.
    void await(TaskCell task) {
        if (task.dueAt != null) {
            ledger.then(new Command.WakeAt(task, task.dueAt));
        }
        if (task.awaited != null) {
            ledger.then(new Command.Await(task, task.attempt, task.awaited));
        }
    }

    /// What it waited for has come.
    void answered(TaskCell task, Outcome outcome, @Nullable String reason, Instant now) {
        var late = task.overdue && task.awaited instanceof Awaited.Run ? task.late : null;
        forget(task);
        if (tasks.stopping != null) {
            tasks.finish(task, TaskState.CANCELLED, tasks.stopping, now);
        } else {
            tasks.ended(task, late == null ? kept(outcome) : late, reason, now);
        }
    }

    /// What comes from outside may be larger than what tasks may give back.
    private Outcome kept(Outcome outcome) {
        return outcome instanceof Outcome.Succeeded(var output) && !context.fits(output)
                ? Outcome.failed(
                        TaskError.permanent(
                                "output-too-large",
                                "what it waited for is too large to be kept; have a file written and its path sent (leat.engine.max-output-bytes)"))
                : outcome;
    }

    /// It waited for too long. A run that was started for it is stopped first.
    void due(TaskCell task, Instant now) {
        if (task.awaited instanceof Awaited.Run run) {
            task.overdue = true;
            task.dueAt = null;
            ledger.then(
                    new Command.StopChild(
                            run.run(), "it took too long for task '" + task.id() + "'"));
            return;
        }
        // An answer may have come that the run doesn't know of yet, and counts.
        task.overdue = true;
        if (task.awaited != null) {
            ledger.then(new Command.Await(task, task.attempt, task.awaited));
        }
    }

    /// Nothing has come for it so far. Where it is too late for that, this is its end.
    void unanswered(TaskCell task, Instant now) {
        var late = task.late;
        if (task.overdue && late != null && !(task.awaited instanceof Awaited.Run)) {
            forget(task);
            tasks.ended(task, late, "no answer came in time", now);
        }
    }

    /// It is to end. A run that was started for it ends first, with all that it has to clean up.
    ///
    /// @return whether it goes on waiting for that
    boolean stop(TaskCell task, String why, Instant now) {
        if (task.state == TaskState.WAITING && task.awaited instanceof Awaited.Run run) {
            ledger.then(new Command.StopChild(run.run(), why));
            if (!task.overdue) {
                ledger.task(task, "waits for run " + run.run() + " to end: " + why, now);
            }
            return true;
        }
        forget(task);
        return false;
    }

    /// A run that was started for it is asked to end, and not waited for.
    void abandon(TaskCell task, String why) {
        if (task.awaited instanceof Awaited.Run run) {
            ledger.then(new Command.StopChild(run.run(), why));
        }
        forget(task);
    }

    private static void forget(TaskCell task) {
        task.awaited = null;
        task.late = null;
        task.dueAt = null;
        task.overdue = false;
    }
}
