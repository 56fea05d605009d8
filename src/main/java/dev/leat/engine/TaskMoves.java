package dev.leat.engine;

import dev.leat.store.TaskState;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What happens to the tasks of the phase that a run is in: they become ready, ask for their pool,
/// begin, wait, are tried again, end. What is to be kept and done goes into the [RunLedger]. What
/// follows for the run, its [RunMachine] says.
final class TaskMoves {

    private final RunContext context;
    private final RandomGenerator chance;
    private final RunLedger ledger;

    /// Null once the run is over, and before it has begun.
    @Nullable Phase phase;

    /// Why the phase is being stopped; null while it isn't.
    @Nullable String stopping;

    /// Whether nothing is to begin for now: what becomes ready waits.
    boolean paused;

    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    TaskMoves(RunContext context, RandomGenerator chance, RunLedger ledger) {
        this.context = context;
        this.chance = chance;
        this.ledger = ledger;
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
        if (phase == null || stopping != null || phase.readyCount() > 0) {
            return null;
        }
        Instant until = null;
        for (var task : phase.cells()) {
            switch (task.state) {
                case RUNNING -> {
                    return null;
                }
                case READY -> {
                    if (!paused) {
                        return null;
                    }
                }
                case RETRYING, WAITING -> {
                    if (task.dueAt == null && paused) {
                        continue;
                    }
                    if (task.dueAt == null) {
                        return null;
                    }
                    until = until == null || task.dueAt.isBefore(until) ? task.dueAt : until;
                }
                case PENDING,
                        SUCCESS,
                        FAILED,
                        TIMED_OUT,
                        SKIPPED,
                        UPSTREAM_FAILED,
                        CANCELLED,
                        UNKNOWN -> {}
            }
        }
        return until == null && paused ? NEVER : until;
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
    void ended(TaskCell task, Outcome outcome, Instant now) {
        switch (outcome) {
            case Outcome.Succeeded(var output) -> succeed(task, output, now);
            case Outcome.Waiting waiting -> park(task, waiting, now);
            case Outcome.Failed(var failure) -> fail(task, failure, now);
        }
    }

    /// The time of a retry or a wait has come.
    void due(TaskCell task, Instant now) {
        if (task.state == TaskState.WAITING && task.dueAt != null) {
            succeed(task, task.output, now);
        } else if (task.state == TaskState.RETRYING && phase != null) {
            makeReady(task, phase);
        }
    }

    private void succeed(TaskCell task, @Nullable Object output, Instant now) {
        task.output = output;
        task.error = null;
        finish(task, TaskState.SUCCESS, null, now);
    }

    private void park(TaskCell task, Outcome.Waiting waiting, Instant now) {
        if (stopping != null) {
            finish(task, TaskState.CANCELLED, stopping, now);
        } else if (!waiting.until().isAfter(now)) {
            succeed(task, waiting.output(), now);
        } else {
            task.state = TaskState.WAITING;
            task.dueAt = waiting.until();
            task.output = waiting.output();
            leavePool(task);
            ledger.task(task, waiting.reason(), now);
            ledger.then(new Command.WakeAt(task, waiting.until()));
        }
    }

    private void fail(TaskCell task, TaskError failure, Instant now) {
        task.error = failure;
        if (stopping != null) {
            finish(task, TaskState.CANCELLED, stopping, now);
            return;
        }
        switch (decide(task, failure, now)) {
            case Retries.Decision.Again again -> {
                task.state = TaskState.RETRYING;
                task.dueAt = now.plus(again.delay());
                leavePool(task);
                ledger.task(task, Reasons.retry(task, again, failure), now);
                ledger.then(new Command.RetryAfter(task, again.delay()));
            }
            case Retries.Decision.GiveUp(var why) -> {
                var state =
                        failure.code().equals("timeout") ? TaskState.TIMED_OUT : TaskState.FAILED;
                finish(task, state, why, now);
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
                case RunContext.Condition.Met _ -> makeReady(task, within);
                case RunContext.Condition.NotMet(var why) ->
                        finish(task, TaskState.SKIPPED, why, now);
                case RunContext.Condition.Broken(var failure) -> {
                    task.error = failure;
                    finish(task, TaskState.FAILED, null, now);
                }
            }
        }
    }

    void makeReady(TaskCell task, Phase within) {
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
        if (task.state.terminal()) {
            return;
        }
        if (task.state == TaskState.RUNNING) {
            task.lost++;
        }
        if (stopping != null) {
            finish(task, TaskState.CANCELLED, stopping, now);
            return;
        }
        switch (task.state) {
            case PENDING, READY -> {
                task.state = TaskState.PENDING;
                consider(task, now);
            }
            case RUNNING -> resumeLost(task, now);
            case RETRYING, WAITING -> resumeWait(task);
            case SUCCESS, FAILED, TIMED_OUT, SKIPPED, UPSTREAM_FAILED, CANCELLED, UNKNOWN -> {}
        }
    }

    /// A task that waits for no moment waits for its pool.
    private void resumeWait(TaskCell task) {
        if (task.dueAt != null) {
            ledger.then(new Command.WakeAt(task, task.dueAt));
        } else if (phase != null) {
            makeReady(task, phase);
        }
    }

    private void resumeLost(TaskCell task, Instant now) {
        switch (LostAttempt.of(task)) {
            case LostAttempt.RunAgain(var reason) -> {
                task.state = TaskState.READY;
                ledger.task(task, reason, now);
                if (phase != null) {
                    makeReady(task, phase);
                }
            }
            case LostAttempt.GiveUp(var state, var error) -> {
                task.error = error;
                finish(task, state, error.message(), now);
            }
        }
    }

    void finish(TaskCell task, TaskState state, @Nullable String reason, Instant now) {
        task.state = state;
        task.dueAt = null;
        leavePool(task);
        ledger.task(task, reason, now);
        if (phase != null) {
            phase.ended(task);
        }
    }

    /// Every task of the phase is to end, and no other to begin.
    void stop(String why, Instant now) {
        stopping = why;
        if (phase == null) {
            return;
        }
        phase.clearReady();
        for (var task : phase.cells()) {
            if (task.state == TaskState.RUNNING) {
                ledger.then(new Command.Stop(task, task.attempt, why));
            } else if (!task.state.terminal()) {
                finish(task, TaskState.CANCELLED, why, now);
            }
        }
    }
}
