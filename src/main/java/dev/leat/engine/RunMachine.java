package dev.leat.engine;

import dev.leat.store.Operation;
import dev.leat.store.TaskState;
import dev.leat.task.Outcome;
import dev.leat.task.Refusal;
import dev.leat.workflow.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Carries one run from state to state. What happened comes in; what to keep and what to do comes
/// out as a [Step]. It has no effects of its own and reads no clock, so a run can be replayed,
/// restored and tested without a thread.
///
/// A run goes through its phases: the tasks, then `onFailure` if it failed, then `finally`. Not
/// safe for threads: its [RunExecution] holds a lock.
final class RunMachine {

    private final Plan plan;
    private final RunContext context;
    private final RunLedger ledger;
    private final TaskMoves tasks;
    private final RunVerdict verdict = new RunVerdict();
    private final RunSteering steering;

    private final Phase main;
    private final Phase onFailure;
    private final Phase last;
    private @Nullable Instant startedAt;

    RunMachine(long run, Plan plan, RunContext context, RandomGenerator chance, long lastSeq) {
        this.plan = plan;
        this.context = context;
        this.ledger = new RunLedger(run, lastSeq);
        this.tasks = new TaskMoves(context, chance, ledger);
        this.steering = new RunSteering(tasks, ledger, verdict);
        this.main = new Phase(plan.tasks());
        this.onFailure = new Phase(plan.onFailure());
        this.last = new Phase(plan.last());
        context.watch(List.of(main, onFailure, last));
    }

    // ---- what happens to a run

    Step start(Instant now) {
        return start(Map.of(), now);
    }

    /// @param kept tasks that have ended already, by id: the run was made from another
    Step start(Map<String, StoredRun.StoredTask> kept, Instant now) {
        ledger.started(now);
        context.startedAt(now);
        watchTheTime(now);
        if (context.vars() instanceof RunContext.Evaluated.Broken(var failure)) {
            verdict.fail(failure);
            tasks.phase = main;
            tasks.stop(failure.message(), now);
            settle(now);
        } else {
            main.restore(kept);
            enter(main, now);
        }
        return ledger.step();
    }

    /// Takes a run up from what is stored of it. Attempts that were running are lost: they run
    /// again, unless that might do harm.
    Step restore(StoredRun stored, Instant now) {
        context.startedAt(stored.startedAt());
        context.vars();
        verdict.restore(stored);
        List.of(main, onFailure, last).forEach(each -> each.restore(stored.tasks()));
        tasks.phase = current();
        context.error(verdict.error());
        steering.restore(stored, now);
        if (usesPools()) {
            // Whoever was in has to ask again.
            ledger.poolsLeft();
        }
        if (tasks.phase == null) {
            end(now);
            return ledger.step();
        }
        if (tasks.phase == main) {
            tasks.stopping = verdict.stopping();
            if (!verdict.timedOut()) {
                watchTheTime(stored.startedAt());
            }
        }
        for (var task : tasks.phase.cells()) {
            tasks.resume(task, now);
        }
        settle(now);
        return ledger.step();
    }

    /// Starts as many ready tasks as there are slots for.
    Step startReady(int slots, Instant now) {
        tasks.startReady(slots, now);
        return ledger.step();
    }

    /// How many tasks could start now.
    int ready() {
        return tasks.ready();
    }

    /// The largest priority of the tasks that could start now.
    int priority() {
        return tasks.priority();
    }

    /// Until when nothing happens by itself; null where something may at any time.
    @Nullable Instant idleUntil() {
        var until = tasks.idleUntil();
        var timeUp = timeUpAt();
        return until == null || timeUp == null || until.isBefore(timeUp) ? until : timeUp;
    }

    private @Nullable Instant timeUpAt() {
        var limit = plan.workflow().timeout();
        return limit == null || startedAt == null || tasks.phase != main
                ? null
                : startedAt.plus(limit);
    }

    /// A task has its place in its pool.
    ///
    /// @return nothing where it doesn't need it any more
    Optional<Step> entered(TaskCell task) {
        return tasks.entered(task) ? Optional.of(ledger.step()) : Optional.empty();
    }

    /// All places of the task's pool are taken.
    Step poolFull(TaskCell task, String reason, Instant now) {
        tasks.poolFull(task, reason, now);
        return ledger.step();
    }

    /// An attempt has ended by itself.
    Step finished(TaskCell task, int attempt, Outcome outcome, Instant now) {
        if (task.isPerforming(attempt)) {
            if (!steering.settled(task, now)) {
                tasks.ended(task, outcome, null, now);
            }
            settle(now);
        }
        return ledger.step();
    }

    /// What an attempt waited for has come: an answer, a signal, the end of a run.
    ///
    /// @param reason what people should know of it
    Step answered(
            TaskCell task, int attempt, Outcome outcome, @Nullable String reason, Instant now) {
        if (task.state == TaskState.WAITING && task.awaited != null && task.attempt == attempt) {
            tasks.answered(task, outcome, reason, now);
            settle(now);
        }
        return ledger.step();
    }

    /// What an attempt waits for hasn't come so far.
    Step unanswered(TaskCell task, int attempt, Instant now) {
        if (task.state == TaskState.WAITING && task.awaited != null && task.attempt == attempt) {
            tasks.unanswered(task, now);
            settle(now);
        }
        return ledger.step();
    }

    /// The tasks of the present phase that wait for something that isn't a moment.
    List<Command.Await> awaiting() {
        var awaiting = new ArrayList<Command.Await>();
        for (var task : tasks.phase == null ? List.<TaskCell>of() : tasks.phase.live()) {
            if (task.awaited != null) {
                awaiting.add(new Command.Await(task, task.attempt, task.awaited));
            }
        }
        return awaiting;
    }

    /// Whether the run that a task started is to end, or nobody waits for it any more.
    boolean abandons(TaskCell task) {
        return tasks.stopping != null || task.overdue || task.awaited == null;
    }

    /// An attempt has ended because it was told to.
    Step stopped(TaskCell task, int attempt, String why, Instant now) {
        if (task.isPerforming(attempt)) {
            if (!steering.settled(task, now)) {
                tasks.finish(task, TaskState.CANCELLED, why, now);
            }
            settle(now);
        }
        return ledger.step();
    }

    /// Somebody wants something of the run: see [RunSteering].
    ///
    /// @throws Refusal.Conflict where it can't be done to the run as it is; nothing has happened
    /// then
    Step operate(Operation operation, Instant now) {
        steering.operate(operation, now);
        settle(now);
        return ledger.step();
    }

    /// The same for what was asked earlier, where nobody waits for an answer.
    Step operateAsked(Operation operation, Instant now) {
        try {
            return operate(operation, now);
        } catch (Refusal.Conflict late) {
            ledger.operated(operation.refused(late.sentence(), now));
            return ledger.step();
        }
    }

    /// The time of a retry or a wait has come.
    Step due(TaskCell task, Instant now) {
        tasks.due(task, now);
        settle(now);
        return ledger.step();
    }

    /// Somebody wants the run to end. Its `finally` tasks still run; asking again while they do
    /// stops them too.
    Step cancel(@Nullable String by, @Nullable String why, Instant now) {
        if (tasks.phase != null) {
            verdict.cancel();
            ledger.cancelRequested(by, why, now);
            steering.goOn(now);
            tasks.stop(
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
        if (tasks.phase == main && tasks.stopping == null && limit != null) {
            var sentence = "the run took longer than its timeout of " + Words.duration(limit);
            verdict.timeOut(sentence);
            steering.liftPause(now);
            ledger.going(sentence, null, verdict.error(), now);
            tasks.stop(sentence, now);
            settle(now);
        }
        return ledger.step();
    }

    // ---- from phase to phase

    private void enter(Phase next, Instant now) {
        tasks.phase = next;
        tasks.stopping = null;
        for (var task : next.cells()) {
            tasks.consider(task, now);
        }
        settle(now);
    }

    /// Lets every end have its consequences, until the phase has nothing left to do or waits for
    /// something.
    private void settle(Instant now) {
        while (tasks.phase != null) {
            var ended = tasks.phase.nextEnded();
            if (ended != null) {
                for (var dependent : tasks.phase.tell(ended)) {
                    tasks.consider(dependent, now);
                }
            } else if (tasks.phase.isDone()) {
                leave(tasks.phase, now);
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
        tasks.phase = null;
        ledger.ended(verdict.state(), tasks.stopping, verdict.outputs(), verdict.error(), now);
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

    private boolean usesPools() {
        return Stream.of(main, onFailure, last)
                .flatMap(each -> each.cells().stream())
                .anyMatch(task -> task.spec.pool() != null);
    }

    private void watchTheTime(Instant since) {
        startedAt = since;
        var limit = plan.workflow().timeout();
        if (limit != null) {
            ledger.then(new Command.TimeUpAt(since.plus(limit)));
        }
    }
}
