package dev.leat.engine;

import dev.leat.store.TaskState;
import dev.leat.task.TaskError;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// What follows from an attempt that failed: the task is tried again, after a wait, or has ended.
final class RetryMoves {

    private final TaskMoves tasks;
    private final RunContext context;
    private final RandomGenerator chance;
    private final RunLedger ledger;

    RetryMoves(TaskMoves tasks, RunContext context, RandomGenerator chance, RunLedger ledger) {
        this.tasks = tasks;
        this.context = context;
        this.chance = chance;
        this.ledger = ledger;
    }

    void fail(TaskCell task, TaskError failure, Instant now) {
        task.error = failure;
        if (tasks.stopping != null) {
            tasks.finish(task, TaskState.CANCELLED, tasks.stopping, now);
            return;
        }
        switch (decide(task, failure, now)) {
            case Retries.Decision.Again again -> {
                task.state = TaskState.RETRYING;
                task.dueAt = now.plus(again.delay());
                tasks.leavePool(task);
                ledger.task(task, Reasons.retry(task, again, failure), now);
                ledger.then(new Command.RetryAfter(task, again.delay()));
            }
            case Retries.Decision.GiveUp(var why) -> {
                var state =
                        failure.code().equals("timeout") ? TaskState.TIMED_OUT : TaskState.FAILED;
                tasks.finish(task, state, why, now);
            }
        }
    }

    private Retries.Decision decide(TaskCell task, TaskError failure, Instant now) {
        var firstStart = task.startedAt == null ? now : task.startedAt;
        var scope = context.withError(ErrorView.of(failure, task.id(), task.attempt));
        try {
            var elapsed = Duration.between(firstStart, now);
            return Retries.decide(
                    task.spec.retry(), failure, task.tries(), elapsed, chance.nextDouble(), scope);
        } catch (RuntimeException broken) {
            return new Retries.Decision.GiveUp(
                    "not tried again: its retry rule fails: " + broken.getMessage());
        }
    }
}
