package dev.leat.engine;

import dev.leat.store.TaskState;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.workflow.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Carries one run from state to state. What happened comes in; what to keep and what to do comes
// out as a [Step]. It has no
/// effects of its own and reads no clock, so a run can be replayed, restored and tested without a
// thread.
///
/// A run goes through its phases: the tasks, then `onFailure` if it failed, then `finally`. Not
// safe for threads: its
/// [RunExecution] holds a lock.
final class RunMachine {

    private final Plan plan;
    private final RunContext context;
    private final RandomGenerator chance;
    private final RunLedger ledger;
    private final RunVerdict verdict = new RunVerdict();

    private final Phase main;
    private final Phase onFailure;
    private final Phase last;
    private @Nullable Phase phase;

    private @Nullable Instant startedAt;

    /// Why the current phase is being stopped; null while it isn't.
    private @Nullable String stopping;

    RunMachine(long run, Plan plan, RunContext context, RandomGenerator chance, long lastSeq) {
        this.plan = plan;
        this.context = context;
        this.chance = chance;
        this.ledger = new RunLedger(run, lastSeq);
        this.main = new Phase(plan.tasks());
        this.onFailure = new Phase(plan.onFailure());
        this.last = new Phase(plan.last());
        context.watch(List.of(main, onFailure, last));
    }

    // ---- what happens to a run

    Step start(Instant now) {
        ledger.started(now);
        context.startedAt(now);
        watchTheTime(now);
        if (context.vars() instanceof RunContext.Evaluated.Broken(var failure)) {
            verdict.fail(failure);
            phase = main;
            stop(failure.message(), now);
            settle(now);
        } else {
            enter(main, now);
        }
        return ledger.step();
    }

    /// Takes a run up from what is stored of it. Attempts that were running are lost: they run
    // again, unless that might do harm.
    Step restore(StoredRun stored, Instant now) {
        context.startedAt(stored.startedAt());
        context.vars();
        verdict.restore(stored);
        List.of(main, onFailure, last).forEach(each -> each.restore(stored.tasks()));
        phase = current();
        context.error(verdict.error());
        if (usesPools()) {
            // Whoever was in has to ask again.
            ledger.poolsLeft();
        }
        if (phase == null) {
            end(now);
            return ledger.step();
        }
        if (phase == main) {
            stopping = verdict.stopping();
            if (!verdict.timedOut()) {
                watchTheTime(stored.startedAt());
            }
        }
        for (var task : phase.cells()) {
            resume(task, now);
        }
        settle(now);
        return ledger.step();
    }

    /// Starts as many ready tasks as there are slots for.
    Step startReady(int slots, Instant now) {
        for (int taken = 0; taken < slots && phase != null; taken++) {
            var task = phase.nextReady();
            if (task == null) {
                break;
            }
            task.begin(now);
            ledger.task(task, null, now);
            ledger.then(new Command.Perform(task, task.attempt));
        }
        return ledger.step();
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
                case READY, RUNNING -> {
                    return null;
                }
                case RETRYING, WAITING -> {
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
        var timeUp = timeUpAt();
        return until == null || timeUp == null || until.isBefore(timeUp) ? until : timeUp;
    }

    private @Nullable Instant timeUpAt() {
        var limit = plan.workflow().timeout();
        return limit == null || startedAt == null || phase != main ? null : startedAt.plus(limit);
    }

    /// The task has its place.
    ///
    /// @return nothing where it doesn't need it any more
    Optional<Step> entered(TaskCell task) {
        var asks = task.state == TaskState.READY || task.state == TaskState.WAITING;
        if (phase == null || stopping != null || !asks || task.inPool || task.dueAt != null) {
            return Optional.empty();
        }
        task.inPool = true;
        phase.ready(task);
        return Optional.of(ledger.step());
    }

    /// All places are taken.
    Step poolFull(TaskCell task, String reason, Instant now) {
        if (task.state == TaskState.READY && !task.inPool) {
            task.state = TaskState.WAITING;
            ledger.task(task, reason, now);
        }
        return ledger.step();
    }

    private void makeReady(TaskCell task, Phase within) {
        var pool = task.spec.pool();
        if (pool == null) {
            within.ready(task);
        } else {
            task.state = TaskState.READY;
            task.dueAt = null;
            ledger.then(new Command.AskPool(task, pool));
        }
    }

    private void leavePool(TaskCell task) {
        var pool = task.spec.pool();
        if (task.inPool && pool != null) {
            task.inPool = false;
            ledger.poolLeft(task, pool);
        }
    }

    private boolean usesPools() {
        return Stream.of(main, onFailure, last)
                .flatMap(each -> each.cells().stream())
                .anyMatch(task -> task.spec.pool() != null);
    }

    /// An attempt has ended by itself.
    Step finished(TaskCell task, int attempt, Outcome outcome, Instant now) {
        if (task.isPerforming(attempt)) {
            switch (outcome) {
                case Outcome.Succeeded(var output) -> succeed(task, output, now);
                case Outcome.Waiting waiting -> park(task, waiting, now);
                case Outcome.Failed(var failure) -> fail(task, failure, now);
            }
            settle(now);
        }
        return ledger.step();
    }

    /// An attempt has ended because it was told to.
    Step stopped(TaskCell task, int attempt, String why, Instant now) {
        if (task.isPerforming(attempt)) {
            finish(task, TaskState.CANCELLED, why, now);
            settle(now);
        }
        return ledger.step();
    }

    /// The time of a retry or a wait has come.
    Step due(TaskCell task, Instant now) {
        if (task.state == TaskState.WAITING && task.dueAt != null) {
            succeed(task, task.output, now);
            settle(now);
        } else if (task.state == TaskState.RETRYING && phase != null) {
            makeReady(task, phase);
        }
        return ledger.step();
    }

    /// Somebody wants the run to end. Its `finally` tasks still run; asking again while they do
    // stops them too.
    Step cancel(@Nullable String by, @Nullable String why, Instant now) {
        if (phase != null) {
            verdict.cancel();
            ledger.cancelRequested(by, why, now);
            stop(
                    "the run was cancelled"
                            + (by == null ? "" : " by " + by)
                            + (why == null ? "" : ": " + why),
                    now);
            settle(now);
        }
        return ledger.step();
    }

    /// The run has taken as long as it may.
    Step timeUp(Instant now) {
        var limit = plan.workflow().timeout();
        if (phase == main && stopping == null && limit != null) {
            var sentence = "the run took longer than its timeout of " + Words.duration(limit);
            verdict.timeOut(sentence);
            ledger.going(sentence, null, verdict.error(), now);
            stop(sentence, now);
            settle(now);
        }
        return ledger.step();
    }

    // ---- what happens to a task

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
    private void consider(TaskCell task, Instant now) {
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

    /// Takes up a task of a restored run.
    private void resume(TaskCell task, Instant now) {
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

    private void finish(TaskCell task, TaskState state, @Nullable String reason, Instant now) {
        task.state = state;
        task.dueAt = null;
        leavePool(task);
        ledger.task(task, reason, now);
        if (phase != null) {
            phase.ended(task);
        }
    }

    // ---- from phase to phase

    private void enter(Phase next, Instant now) {
        phase = next;
        stopping = null;
        for (var task : next.cells()) {
            consider(task, now);
        }
        settle(now);
    }

    /// Lets every end have its consequences, until the phase has nothing left to do or waits for
    // something.
    private void settle(Instant now) {
        while (phase != null) {
            var ended = phase.nextEnded();
            if (ended != null) {
                for (var dependent : phase.tell(ended)) {
                    consider(dependent, now);
                }
            } else if (phase.isDone()) {
                leave(phase, now);
            } else {
                return;
            }
        }
    }

    private void leave(Phase done, Instant now) {
        if (done == main) {
            verdict.concludeTasks(main, context);
        } else if (done == last) {
            verdict.concludeCleanUp(last);
        }
        var next = after(done);
        if (next == null) {
            end(now);
            return;
        }
        var name = next == last ? "finally" : "onFailure";
        var reason =
                verdict.state().name().toLowerCase(Locale.ROOT)
                        + "; its '"
                        + name
                        + "' tasks run before it ends";
        ledger.going(reason, verdict.outputs(), verdict.error(), now);
        context.error(verdict.error());
        enter(next, now);
    }

    private @Nullable Phase after(Phase done) {
        if (done == main && verdict.failed() && !onFailure.isDone()) {
            return onFailure;
        }
        return done == last || last.isDone() ? null : last;
    }

    private void end(Instant now) {
        phase = null;
        ledger.ended(verdict.state(), stopping, verdict.outputs(), verdict.error(), now);
    }

    /// The phase that a restored run is in; null where only its end is missing.
    private @Nullable Phase current() {
        if (!main.isDone()) {
            return main;
        }
        verdict.concludeTasks(main, context);
        if (verdict.failed() && !onFailure.isDone() && !last.isStarted()) {
            return onFailure;
        }
        if (last.isDone()) {
            verdict.concludeCleanUp(last);
            return null;
        }
        return last;
    }

    private void stop(String why, Instant now) {
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

    private void watchTheTime(Instant since) {
        startedAt = since;
        var limit = plan.workflow().timeout();
        if (limit != null) {
            ledger.then(new Command.TimeUpAt(since.plus(limit)));
        }
    }
}
