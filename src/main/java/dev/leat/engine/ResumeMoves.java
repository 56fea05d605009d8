package dev.leat.engine;

import dev.leat.store.TaskState;
import java.time.Instant;

/// Takes up the tasks of a restored run where they were.
final class ResumeMoves {

    private final TaskMoves tasks;
    private final ItemMoves items;
    private final WaitMoves waits;
    private final RunLedger ledger;

    ResumeMoves(TaskMoves tasks, ItemMoves items, WaitMoves waits, RunLedger ledger) {
        this.tasks = tasks;
        this.items = items;
        this.waits = waits;
        this.ledger = ledger;
    }

    /// @param task one that hasn't ended
    void resume(TaskCell task, Instant now) {
        var itemsOfTask = task.items;
        if (itemsOfTask != null) {
            items.resume(task, itemsOfTask, now);
            return;
        }
        if (task.state == TaskState.RUNNING) {
            task.lost++;
        }
        if (tasks.stopping != null) {
            resumeStopping(task, tasks.stopping, now);
            return;
        }
        switch (task.state) {
            case PENDING, READY -> {
                task.state = TaskState.PENDING;
                resumePending(task, now);
            }
            case RUNNING -> resumeLost(task, now);
            case RETRYING, WAITING -> resumeWait(task, now);
            case SUCCESS, FAILED, TIMED_OUT, SKIPPED, UPSTREAM_FAILED, CANCELLED, UNKNOWN -> {}
        }
    }

    /// A task that waits for no moment waits for its pool.
    private void resumeWait(TaskCell task, Instant now) {
        if (task.awaited != null) {
            waits.await(task);
        } else if (task.dueAt != null) {
            ledger.then(new Command.WakeAt(task, task.dueAt));
        } else if (tasks.phase != null) {
            tasks.makeReady(task, tasks.phase, now);
        }
    }

    /// Items and repetitions have begun: what decides whether tasks begin isn't asked again.
    private void resumePending(TaskCell task, Instant now) {
        if (tasks.phase != null && (task.group != null || task.attempt > 0)) {
            task.repeating = false;
            tasks.makeReady(task, tasks.phase, now);
        } else {
            tasks.consider(task, now);
        }
    }

    private void resumeStopping(TaskCell task, String why, Instant now) {
        if (waits.stop(task, why, now)) {
            waits.await(task);
        } else {
            tasks.finish(task, TaskState.CANCELLED, why, now);
        }
    }

    private void resumeLost(TaskCell task, Instant now) {
        switch (LostAttempt.of(task)) {
            case LostAttempt.RunAgain(var reason) -> {
                task.state = TaskState.READY;
                ledger.task(task, reason, now);
                if (tasks.phase != null) {
                    tasks.makeReady(task, tasks.phase, now);
                }
            }
            case LostAttempt.GiveUp(var state, var error) -> {
                task.error = error;
                tasks.finish(task, state, error.message(), now);
            }
        }
    }
}
