package dev.leat.engine;

import dev.leat.engine.Command.Ended;
import dev.leat.engine.Command.Perform;
import dev.leat.engine.Command.RetryAfter;
import dev.leat.engine.Command.Stop;
import dev.leat.engine.Command.TimeUpAt;
import dev.leat.engine.Command.WakeAt;
import dev.leat.store.Change;
import dev.leat.store.Change.RunError;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.workflow.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
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

    /// After so many lost attempts a task is taken for the one that brings its process down.
    static final int MOST_LOSSES = 5;

    private final long run;
    private final Plan plan;
    private final RunContext context;
    private final RandomGenerator chance;

    private final Phase main;
    private final Phase onFailure;
    private final Phase last;
    private @Nullable Phase phase;

    private final List<Change> changes = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private long seq;

    private boolean cancelled;
    private boolean timedOut;
    private @Nullable RunError error;
    private @Nullable Map<String, @Nullable Object> outputs;

    /// Why the current phase is being stopped; null while it isn't.
    private @Nullable String stopping;

    RunMachine(long run, Plan plan, RunContext context, RandomGenerator chance, long lastSeq) {
        this.run = run;
        this.plan = plan;
        this.context = context;
        this.chance = chance;
        this.seq = lastSeq;
        this.main = new Phase(plan.tasks());
        this.onFailure = new Phase(plan.onFailure());
        this.last = new Phase(plan.last());
        context.watch(List.of(main, onFailure, last));
    }

    // ---- what happens to a run

    Step start(Instant now) {
        changes.add(
                new Change.RunChanged(
                        run, ++seq, RunState.RUNNING, null, now, null, null, null, now));
        context.startedAt(now);
        if (plan.workflow().timeout() != null) {
            commands.add(new TimeUpAt(now.plus(plan.workflow().timeout())));
        }
        if (context.vars() instanceof RunContext.Evaluated.Broken(var failure)) {
            error = new RunError(failure.code(), failure.message(), null, 0, failure.causes());
            phase = main;
            stop(failure.message(), now);
            settle(now);
        } else {
            enter(main, now);
        }
        return step();
    }

    /// Takes a run up from what is stored of it. Attempts that were running are lost: they run
    // again, unless that might do harm.
    Step restore(StoredRun stored, Instant now) {
        context.startedAt(stored.startedAt());
        cancelled = stored.cancelled();
        timedOut = stored.timedOut();
        error = stored.error();
        for (var each : List.of(main, onFailure, last)) {
            each.restore(stored.tasks());
        }
        phase = current();
        context.error(error);
        if (plan.workflow().timeout() != null && phase == main && !timedOut) {
            commands.add(new TimeUpAt(stored.startedAt().plus(plan.workflow().timeout())));
        }
        if (phase == null) {
            end(now);
            return step();
        }
        if (phase == main && (cancelled || timedOut)) {
            stopping = cancelled ? "the run was cancelled" : "the run's time was up";
        }
        for (var task : phase.cells()) {
            resume(task, now);
        }
        settle(now);
        return step();
    }

    /// Starts as many ready tasks as there are slots for.
    Step startReady(int slots, Instant now) {
        for (int taken = 0; taken < slots && phase != null; taken++) {
            var task = phase.nextReady();
            if (task == null) {
                break;
            }
            task.attempt++;
            task.state = TaskState.RUNNING;
            task.dueAt = null;
            if (task.startedAt == null) {
                task.startedAt = now;
            }
            record(task, null, now);
            commands.add(new Perform(task, task.attempt));
        }
        return step();
    }

    /// How many tasks could start now.
    int ready() {
        return phase == null ? 0 : phase.readyCount();
    }

    /// An attempt has ended by itself.
    Step finished(TaskCell task, int attempt, Outcome outcome, Instant now) {
        if (isCurrent(task, attempt)) {
            switch (outcome) {
                case Outcome.Succeeded(var output) -> succeed(task, output, now);
                case Outcome.Waiting waiting -> park(task, waiting, now);
                case Outcome.Failed(var failure) -> fail(task, failure, now);
            }
            settle(now);
        }
        return step();
    }

    /// An attempt has ended because it was told to.
    Step stopped(TaskCell task, int attempt, String why, Instant now) {
        if (isCurrent(task, attempt)) {
            finish(task, TaskState.CANCELLED, why, now);
            settle(now);
        }
        return step();
    }

    /// The time of a retry or a wait has come.
    Step due(TaskCell task, Instant now) {
        if (task.state == TaskState.WAITING) {
            succeed(task, task.output, now);
            settle(now);
        } else if (task.state == TaskState.RETRYING && phase != null) {
            phase.ready(task);
        }
        return step();
    }

    /// Somebody wants the run to end. Its `finally` tasks still run; asking again while they do
    // stops them too.
    Step cancel(@Nullable String by, @Nullable String why, Instant now) {
        if (phase != null) {
            cancelled = true;
            changes.add(new Change.CancelRequested(run, ++seq, by, why, now));
            stop(
                    "the run was cancelled"
                            + (by == null ? "" : " by " + by)
                            + (why == null ? "" : ": " + why),
                    now);
            settle(now);
        }
        return step();
    }

    /// The run has taken as long as it may.
    Step timeUp(Instant now) {
        var limit = plan.workflow().timeout();
        if (phase == main && stopping == null && limit != null) {
            timedOut = true;
            var sentence = "the run took longer than its timeout of " + Words.duration(limit);
            error = new RunError("run-timeout", sentence, null, 0, List.of());
            changes.add(
                    new Change.RunChanged(
                            run, ++seq, RunState.RUNNING, sentence, null, null, null, error, now));
            stop(sentence, now);
            settle(now);
        }
        return step();
    }

    boolean ended() {
        return phase == null;
    }

    long lastSeq() {
        return seq;
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
            record(task, waiting.reason(), now);
            commands.add(new WakeAt(task, waiting.until()));
        }
    }

    private void fail(TaskCell task, TaskError failure, Instant now) {
        task.error = failure;
        if (stopping != null) {
            finish(task, TaskState.CANCELLED, stopping, now);
            return;
        }
        switch (decide(task, failure, now)) {
            case Retries.Decision.Again(var delay, var arithmetic) -> {
                task.state = TaskState.RETRYING;
                task.dueAt = now.plus(delay);
                var tries = task.attempt - task.lost;
                var reason =
                        "attempt %d of %d in %s (%s): %s"
                                .formatted(
                                        tries + 1,
                                        task.spec.retry().maxAttempts(),
                                        Words.duration(delay),
                                        arithmetic,
                                        failure.message());
                record(task, reason, now);
                commands.add(new RetryAfter(task, delay));
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
        try {
            return Retries.decide(
                    task.spec.retry(),
                    failure,
                    task.attempt - task.lost,
                    Duration.between(firstStart, now),
                    chance.nextDouble(),
                    context.withError(ErrorView.of(failure, task.id(), task.attempt)));
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
            case TriggerRules.Answer.Start _ -> startUnlessSkipped(task, now);
        }
    }

    private void startUnlessSkipped(TaskCell task, Instant now) {
        if (task.spec.disabled()) {
            finish(task, TaskState.SKIPPED, "it is disabled", now);
        } else if (stopping != null) {
            finish(task, TaskState.CANCELLED, stopping, now);
        } else if (phase != null) {
            switch (context.condition(task.spec)) {
                case RunContext.Condition.Met _ -> phase.ready(task);
                case RunContext.Condition.NotMet(var why) ->
                        finish(task, TaskState.SKIPPED, why, now);
                case RunContext.Condition.Broken(var failure) -> {
                    task.error = failure;
                    finish(task, TaskState.FAILED, null, now);
                }
            }
        }
    }

    private void resume(TaskCell task, Instant now) {
        switch (task.state) {
            case PENDING, READY -> {
                task.state = TaskState.PENDING;
                if (stopping != null) {
                    finish(task, TaskState.CANCELLED, stopping, now);
                } else {
                    consider(task, now);
                }
            }
            case RUNNING -> resumeLost(task, now);
            case RETRYING, WAITING -> {
                var due = task.dueAt == null ? now : task.dueAt;
                if (stopping != null) {
                    finish(task, TaskState.CANCELLED, stopping, now);
                } else {
                    commands.add(new WakeAt(task, due));
                }
            }
            case SUCCESS, FAILED, TIMED_OUT, SKIPPED, UPSTREAM_FAILED, CANCELLED, UNKNOWN -> {}
        }
    }

    private void resumeLost(TaskCell task, Instant now) {
        task.lost++;
        var lost = "attempt " + task.attempt + " was lost: its process ended while it ran";
        if (stopping != null) {
            finish(task, TaskState.CANCELLED, stopping, now);
        } else if (!task.spec.retrySafe()) {
            task.error =
                    TaskError.permanent(
                            "lost", lost + ", and 'retrySafe: false' says not to run it again");
            finish(task, TaskState.UNKNOWN, task.error.message(), now);
        } else if (task.lost >= MOST_LOSSES) {
            task.error =
                    TaskError.permanent(
                            "quarantined",
                            lost + ", the " + task.lost + "th time; it is not run again");
            finish(task, TaskState.FAILED, task.error.message(), now);
        } else if (phase != null) {
            task.state = TaskState.READY;
            record(task, lost + "; it runs again and the lost one doesn't count as a retry", now);
            phase.ready(task);
        }
    }

    private void finish(TaskCell task, TaskState state, @Nullable String reason, Instant now) {
        task.state = state;
        task.dueAt = null;
        record(task, reason, now);
        if (phase != null) {
            phase.ended(task);
        }
    }

    private boolean isCurrent(TaskCell task, int attempt) {
        return task.state == TaskState.RUNNING && task.attempt == attempt;
    }

    private void record(TaskCell task, @Nullable String reason, Instant now) {
        var ended = task.state.terminal();
        var hasOutput =
                task.output != null
                        && (task.state == TaskState.SUCCESS || task.state == TaskState.WAITING);
        changes.add(
                new Change.TaskChanged(
                        run,
                        ++seq,
                        task.id(),
                        task.state,
                        task.attempt,
                        task.lost,
                        reason,
                        task.dueAt,
                        task.startedAt,
                        ended ? now : null,
                        task.error,
                        hasOutput,
                        hasOutput ? task.output : null,
                        now));
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
            concludeMain();
        } else if (done == last) {
            concludeLast();
        }
        var next =
                done == main && failed() && !onFailure.isDone()
                        ? onFailure
                        : done != last && !last.isDone() ? last : null;
        if (next == null) {
            end(now);
            return;
        }
        var name = next == last ? "finally" : "onFailure";
        var reason =
                verdict().name().toLowerCase(Locale.ROOT)
                        + "; its '"
                        + name
                        + "' tasks run before it ends";
        changes.add(
                new Change.RunChanged(
                        run, ++seq, RunState.RUNNING, reason, null, null, outputs, error, now));
        context.error(error);
        enter(next, now);
    }

    private void concludeMain() {
        if (cancelled || timedOut || error != null) {
            return;
        }
        var culprit = main.culprit();
        if (culprit != null) {
            error = Reasons.runError(culprit);
            return;
        }
        switch (context.outputs()) {
            case RunContext.Evaluated.Values(var values) -> outputs = values;
            case RunContext.Evaluated.Broken(var failure) ->
                    error =
                            new RunError(
                                    failure.code(), failure.message(), null, 0, failure.causes());
        }
    }

    /// Cleaning up that fails is worth knowing: it fails a run that had succeeded.
    private void concludeLast() {
        var culprit = last.culprit();
        if (error == null && !cancelled && culprit != null) {
            error = Reasons.runError(culprit);
        }
    }

    private void end(Instant now) {
        phase = null;
        var state = verdict();
        changes.add(
                new Change.RunChanged(run, ++seq, state, stopping, null, now, outputs, error, now));
        commands.add(new Ended(state));
    }

    private boolean failed() {
        return !cancelled && (timedOut || error != null);
    }

    private RunState verdict() {
        return cancelled
                ? RunState.CANCELLED
                : timedOut
                        ? RunState.TIMED_OUT
                        : error != null ? RunState.FAILED : RunState.SUCCESS;
    }

    /// The phase that a restored run is in; null where only its end is missing.
    private @Nullable Phase current() {
        if (!main.isDone()) {
            return main;
        }
        concludeMain();
        if (failed() && !onFailure.isDone() && !last.isStarted()) {
            return onFailure;
        }
        return last.isDone() ? null : last;
    }

    private void stop(String why, Instant now) {
        stopping = why;
        if (phase == null) {
            return;
        }
        phase.clearReady();
        for (var task : phase.cells()) {
            if (task.state == TaskState.RUNNING) {
                commands.add(new Stop(task, task.attempt, why));
            } else if (!task.state.terminal()) {
                finish(task, TaskState.CANCELLED, why, now);
            }
        }
    }

    private Step step() {
        var step = new Step(List.copyOf(changes), List.copyOf(commands));
        changes.clear();
        commands.clear();
        return step;
    }
}
