package dev.leat.engine;

import dev.leat.store.TaskState;
import dev.leat.task.Outcome;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What happens to the tasks of the phase that a run is in: they become ready, ask for their pool,
/// begin, wait, are tried again, end. What is to be kept and done goes into the [RunLedger]. What
/// follows for the run, its [RunMachine] says.
final class TaskMoves {

    private final RunContext context;
    private final RunLedger ledger;
    private final ItemMoves items;
    private final WaitMoves waits;
    private final RepeatMoves repeats;
    private final RetryMoves retries;
    private final ResumeMoves resumes;

    /// Null once the run is over, and before it has begun.
    @Nullable Phase phase;

    /// Why the phase is being stopped; null while it isn't.
    @Nullable String stopping;

    /// Whether nothing is to begin for now: what becomes ready waits.
    boolean paused;

    TaskMoves(RunContext context, RandomGenerator chance, RunLedger ledger) {
        this.context = context;
        this.ledger = ledger;
        this.items = new ItemMoves(this, context, ledger);
        this.waits = new WaitMoves(this, context, ledger);
        this.repeats = new RepeatMoves(this, context, ledger);
        this.retries = new RetryMoves(this, context, chance, ledger);
        this.resumes = new ResumeMoves(this, items, waits, ledger);
    }

    /// Starts as many ready tasks as there are slots for.
    void startReady(int slots, Instant now) {
        for (int taken = 0; taken < slots && phase != null; taken++) {
            var task = phase.nextReady();
            if (task == null) {
                break;
            }
            task.begin(now);
            ledger.task(task, null, now);
            ledger.then(new Command.Perform(task, task.attempt));
        }
    }

    /// How many tasks could start now.
    int ready() {
        return phase == null ? 0 : phase.readyCount();
    }

    /// The largest priority of the tasks that could start now.
    int priority() {
        return phase == null ? 0 : phase.readyPriority();
    }

    /// Until when nothing happens by itself; null where something may at any time.
    @Nullable Instant idleUntil() {
        return phase == null || stopping != null ? null : Idleness.until(phase, paused);
    }

    /// The task has its place.
    ///
    /// @return whether it needs it still
    boolean entered(TaskCell task) {
        if (task.inPool) {
            return true;
        }
        var asks = task.state == TaskState.READY || task.state == TaskState.WAITING;
        if (phase == null || paused || stopping != null || !asks || task.dueAt != null) {
            return false;
        }
        task.inPool = true;
        phase.ready(task);
        return true;
    }

    /// All places are taken.
    void poolFull(TaskCell task, String reason, Instant now) {
        if (task.state == TaskState.READY && !task.inPool) {
            task.state = TaskState.WAITING;
            ledger.task(task, reason, now);
        }
    }

    /// An attempt has ended by itself.
    ///
    /// @param reason what people should know of it; null for nothing
    void ended(TaskCell task, Outcome outcome, @Nullable String reason, Instant now) {
        switch (outcome) {
            case Outcome.Succeeded(var output) -> succeed(task, output, reason, now);
            case Outcome.Waiting waiting -> park(task, waiting, now);
            case Outcome.Awaiting waiting -> waits.park(task, waiting, now);
            case Outcome.Failed(var failure) -> retries.fail(task, failure, now);
            case Outcome.Signalling _ ->
                    throw new IllegalStateException("a signal is sent before its task ends");
        }
    }

    /// What a task waited for has come.
    void answered(TaskCell task, Outcome outcome, @Nullable String reason, Instant now) {
        waits.answered(task, outcome, reason, now);
    }

    /// What a task waits for hasn't come so far.
    void unanswered(TaskCell task, Instant now) {
        waits.unanswered(task, now);
    }

    /// The time of a retry or a wait has come.
    void due(TaskCell task, Instant now) {
        if (task.state == TaskState.WAITING && task.dueAt != null) {
            if (task.awaited != null) {
                waits.due(task, now);
            } else if (task.repeating) {
                repeats.begin(task, now);
            } else {
                succeed(task, task.output, null, now);
            }
        } else if (task.state == TaskState.RETRYING && phase != null) {
            makeReady(task, phase, now);
        }
    }

    private void succeed(
            TaskCell task, @Nullable Object output, @Nullable String reason, Instant now) {
        task.output = output;
        task.error = null;
        var repeat = task.spec.repeat();
        if (repeat != null && stopping == null && repeats.goesOn(task, repeat, now)) {
            return;
        }
        if (task.cachedFrom != null) {
            finish(task, TaskState.SUCCESS, "taken from the cache: run " + task.cachedFrom, now);
            return;
        }
        ledger.cached(task, context.workflowId(), now);
        finish(task, TaskState.SUCCESS, reason, now);
    }

    private void park(TaskCell task, Outcome.Waiting waiting, Instant now) {
        if (stopping != null) {
            finish(task, TaskState.CANCELLED, stopping, now);
        } else if (!waiting.until().isAfter(now)) {
            succeed(task, waiting.output(), null, now);
        } else {
            task.state = TaskState.WAITING;
            task.dueAt = waiting.until();
            task.output = waiting.output();
            leavePool(task);
            ledger.task(task, waiting.reason(), now);
            ledger.then(new Command.WakeAt(task, waiting.until()));
        }
    }

    /// Starts, skips or leaves a task, by how its dependencies have ended so far.
    void consider(TaskCell task, Instant now) {
        if (task.state != TaskState.PENDING || phase == null) {
            return;
        }
        var rule = task.spec.triggerRule();
        var total = phase.dependencyCount(task);
        switch (TriggerRules.answer(rule, total, task.succeeded, task.failed, task.skipped)) {
            case TriggerRules.Answer.NotYet _ -> {}
            case TriggerRules.Answer.Never(var state) ->
                    finish(task, state, Reasons.never(task, state), now);
            case TriggerRules.Answer.Start _ -> startUnlessSkipped(task, phase, now);
        }
    }

    private void startUnlessSkipped(TaskCell task, Phase within, Instant now) {
        if (task.spec.disabled()) {
            finish(task, TaskState.SKIPPED, "it is disabled", now);
        } else if (stopping != null) {
            finish(task, TaskState.CANCELLED, stopping, now);
        } else {
            switch (context.condition(task.spec)) {
                case RunContext.Condition.Met _ -> begin(task, within, now);
                case RunContext.Condition.NotMet(var why) ->
                        finish(task, TaskState.SKIPPED, why, now);
                case RunContext.Condition.Broken(var failure) -> {
                    task.error = failure;
                    finish(task, TaskState.FAILED, null, now);
                }
            }
        }
    }

    /// A task may start, or go on after a pause.
    void begin(TaskCell task, Phase within, Instant now) {
        var each = task.group == null ? task.spec.forEach() : null;
        var begun = task.items;
        if (begun != null) {
            items.next(task, begun, now);
        } else if (each == null || paused) {
            makeReady(task, within, now);
        } else {
            items.open(task, each, now);
        }
    }

    void makeReady(TaskCell task, Phase within, Instant now) {
        if (paused) {
            task.state = TaskState.READY;
            task.dueAt = null;
            return;
        }
        var pool = task.spec.pool();
        if (pool == null) {
            within.ready(task);
        } else {
            task.state = TaskState.READY;
            task.dueAt = null;
            ledger.then(new Command.AskPool(task, pool));
        }
    }

    void leavePool(TaskCell task) {
        var pool = task.spec.pool();
        if (task.inPool && pool != null) {
            task.inPool = false;
            ledger.poolLeft(task, pool);
        }
    }

    /// Takes up a task of a restored run.
    void resume(TaskCell task, Instant now) {
        if (!task.state.terminal()) {
            resumes.resume(task, now);
        }
    }

    void finish(TaskCell task, TaskState state, @Nullable String reason, Instant now) {
        task.state = state;
        task.dueAt = null;
        task.awaited = null;
        task.late = null;
        leavePool(task);
        ledger.task(task, reason, now);
        if (task.group != null) {
            items.ended(task, task.group, now);
        } else if (phase != null) {
            phase.ended(task);
        }
    }

    /// Nobody waits any more for what the task waits for.
    void abandon(TaskCell task, String why) {
        waits.abandon(task, why);
    }

    /// Every task of the phase is to end, and no other to begin.
    void stop(String why, Instant now) {
        stopping = why;
        if (phase == null) {
            return;
        }
        phase.clearReady();
        for (var task : phase.cells()) {
            var itemsOfTask = task.items;
            if (itemsOfTask == null) {
                stopOrCancel(task, why, now);
            } else if (!task.state.terminal()) {
                itemsOfTask.cells().forEach(item -> stop(item, why, now));
                items.next(task, itemsOfTask, now);
            }
        }
    }

    /// One item is to end; one that hasn't begun is left where it is.
    void stop(TaskCell item, String why, Instant now) {
        if (item.state != TaskState.PENDING) {
            stopOrCancel(item, why, now);
        }
    }

    private void stopOrCancel(TaskCell task, String why, Instant now) {
        if (task.state == TaskState.RUNNING) {
            ledger.then(new Command.Stop(task, task.attempt, why));
        } else if (!task.state.terminal() && !waits.stop(task, why, now)) {
            finish(task, TaskState.CANCELLED, why, now);
        }
    }
}
