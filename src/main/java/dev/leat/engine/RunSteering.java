package dev.leat.engine;

import dev.leat.store.Operation;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import dev.leat.task.Refusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people do to a run that is under way: hold it up, let it go on, say how a task ended. Part
/// of a [RunMachine]: what is to be kept and done goes into the same [RunLedger].
///
/// Refuses before anything has happened, or does the whole of it.
final class RunSteering {

    private static final String TO_ITS_END = "no longer paused, so that it comes to its end";

    private final TaskMoves tasks;
    private final RunLedger ledger;
    private final RunVerdict verdict;

    /// Tasks that were marked while an attempt ran: they end so once that has stopped.
    private final Map<TaskCell, Operation> marked = new HashMap<>();

    RunSteering(TaskMoves tasks, RunLedger ledger, RunVerdict verdict) {
        this.tasks = tasks;
        this.ledger = ledger;
        this.verdict = verdict;
    }

    /// @throws Refusal.Conflict
    void operate(Operation operation, Instant now) {
        if (tasks.phase == null) {
            throw new Refusal.Conflict("The run has ended; nothing can be done to it any more.");
        }
        switch (operation.action()) {
            case PAUSE -> pause(operation, now);
            case RESUME -> resume(operation, now);
            case MARK, SKIP -> mark(operation, now);
            case CANCEL, RERUN, LABEL ->
                    throw new IllegalStateException("not for a run under way: " + operation);
        }
    }

    /// Nothing new begins, what runs ends.
    private void pause(Operation operation, Instant now) {
        if (tasks.stopping != null || verdict.stopping() != null) {
            throw new Refusal.Conflict(
                    "The run is being ended; there is nothing left to be paused.");
        }
        if (!tasks.paused) {
            hold();
            ledger.unfinished(RunState.PAUSED);
            ledger.going(sentence("paused", operation), null, verdict.error(), now);
        }
        ledger.operated(operation.done(now));
    }

    private void hold() {
        tasks.paused = true;
        var phase = tasks.phase;
        if (phase != null) {
            phase.clearReady();
            // Others may have the places meanwhile.
            phase.live().stream()
                    .filter(task -> task.state == TaskState.READY)
                    .forEach(tasks::leavePool);
        }
    }

    private void resume(Operation operation, Instant now) {
        if (!tasks.paused) {
            throw new Refusal.Conflict("The run isn't paused.");
        }
        liftPause(now);
        ledger.going(sentence("resumed", operation), null, verdict.error(), now);
        ledger.operated(operation.done(now));
    }

    /// Where the run is to end, its end isn't held up.
    void goOn(Instant now) {
        if (tasks.paused) {
            liftPause(now);
            ledger.going(TO_ITS_END, null, verdict.error(), now);
        }
    }

    void liftPause(Instant now) {
        if (!tasks.paused) {
            return;
        }
        tasks.paused = false;
        ledger.unfinished(RunState.RUNNING);
        var phase = tasks.phase;
        if (phase != null) {
            for (var task : phase.live()) {
                if (task.state == TaskState.READY || task.items != null || waitsForPool(task)) {
                    tasks.begin(task, phase, now);
                }
            }
        }
    }

    private static boolean waitsForPool(TaskCell task) {
        return task.state == TaskState.WAITING
                && task.dueAt == null
                && task.awaited == null
                && task.spec.pool() != null
                && !task.inPool;
    }

    /// Before the tasks are taken up.
    void restore(StoredRun stored, Instant now) {
        if (!stored.paused() || tasks.phase == null) {
            return;
        }
        if (verdict.stopping() == null) {
            tasks.paused = true;
            ledger.unfinished(RunState.PAUSED);
        } else {
            ledger.going(TO_ITS_END, null, verdict.error(), now);
        }
    }

    /// The task is to have ended in another way than it would by itself.
    private void mark(Operation operation, Instant now) {
        var task = find(operation);
        if (tasks.stopping != null) {
            throw new Refusal.Conflict("The run is being ended, and so are its tasks.");
        }
        switch (task.state) {
            case RUNNING -> {
                refuseWithItems(task);
                if (marked.putIfAbsent(task, operation) != null) {
                    throw new Refusal.Conflict(
                            "Task '%s' is marked already; it ends once its attempt has stopped."
                                    .formatted(task.id()));
                }
                ledger.operated(operation);
                ledger.then(
                        new Command.Stop(task, task.attempt, TaskMark.of(operation).sentence()));
            }
            case PENDING -> {
                if (task.group != null) {
                    throw new Refusal.Conflict(
                            "Item '%s' hasn't begun; it can be marked once it has."
                                    .formatted(task.id()));
                }
                end(task, operation, now);
            }
            case READY, RETRYING, WAITING -> end(task, operation, now);
            case UNKNOWN -> {
                reopen(task, now);
                end(task, operation, now);
            }
            case SUCCESS, FAILED, TIMED_OUT, SKIPPED, UPSTREAM_FAILED, CANCELLED ->
                    throw new Refusal.Conflict(
                            "Task '%s' has ended already: %s. Run the workflow again from there, with that task marked."
                                    .formatted(task.id(), task.state));
        }
    }

    private static void refuseWithItems(TaskCell task) {
        if (task.items != null) {
            throw new Refusal.Conflict(
                    "Task '%s' goes through its items; mark those, such as '%s.0'."
                            .formatted(task.id(), task.id()));
        }
    }

    private TaskCell find(Operation operation) {
        var task = tasks.phase == null ? null : tasks.phase.find(String.valueOf(operation.task()));
        if (task == null) {
            throw new Refusal.Conflict(
                    "Task '%s' is none of those that the run is at now: its 'onFailure' and 'finally' tasks come after the others."
                            .formatted(operation.task()));
        }
        return task;
    }

    /// What had followed from not knowing how the task ended.
    private void reopen(TaskCell task, Instant now) {
        var phase = tasks.phase;
        if (phase != null) {
            for (var follower : phase.reopen(task)) {
                ledger.task(follower, "'%s' was marked".formatted(task.id()), now);
            }
        }
    }

    /// An attempt is over.
    ///
    /// @return whether the task was marked, and has ended as that says
    boolean settled(TaskCell task, Instant now) {
        var operation = marked.remove(task);
        if (operation == null) {
            return false;
        }
        end(task, operation, now);
        return true;
    }

    private void end(TaskCell task, Operation operation, Instant now) {
        var mark = TaskMark.of(operation);
        if (tasks.phase != null) {
            tasks.phase.unready(task);
        }
        tasks.abandon(task, mark.sentence());
        task.output = mark.output();
        task.outputKept = false;
        task.error = mark.error();
        tasks.finish(task, mark.state(), mark.sentence(), now);
        ledger.operated(operation.done(now));
    }

    static String sentence(String what, Operation operation) {
        return sentence(what, operation.who(), operation.why());
    }

    static String sentence(String what, String who, @Nullable String why) {
        return what + " by " + who + (why == null ? "" : ": " + why);
    }
}
