package dev.leat.engine;

import dev.leat.engine.RetryGuard.TryAgain;
import dev.leat.engine.StoredRun.StoredTask;
import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.Operation;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One run while this process has it: gives its [RunMachine] what happens, has the answer written,
/// and then carries it out. Nothing is acted on before it is on disk.
final class RunExecution {

    private static final Logger LOG = Logger.getLogger(RunExecution.class);

    private static final Outcome INTERRUPTED =
            Outcome.failed(
                    TaskError.transientFailure(
                            "interrupted", "the task ended by an interrupt that nobody here sent"));

    private static final Step NOTHING = new Step(List.of(), List.of());

    private final RunFacts run;
    private final RunMachine machine;
    private final RunContext context;
    private final EngineParts parts;
    private final CompletableFuture<RunState> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> stranded = new CompletableFuture<>();
    private final CompletableFuture<Instant> asleep = new CompletableFuture<>();
    private final Map<TaskCell, Attempt> running = new ConcurrentHashMap<>();
    private final Map<TaskCell, CompletableFuture<Void>> retrying = new ConcurrentHashMap<>();

    /// Until then nothing can be asked of the run: there is nothing yet to be done to it.
    private final CountDownLatch begun = new CountDownLatch(1);

    private final Map<String, Integer> revisions = new ConcurrentHashMap<>();
    private final Set<Long> heard = new HashSet<>();
    private final Alarms alarms;
    private final ExecutionWaits waits;
    private final AtomicInteger moving = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean given;
    private volatile boolean cancelled;

    RunExecution(RunFacts run, RunMachine machine, RunContext context, EngineParts parts) {
        this.run = run;
        this.machine = machine;
        this.context = context;
        this.parts = parts;
        this.alarms = new Alarms(parts.timers(), parts.threads());
        this.waits = new ExecutionWaits(this, context, parts, alarms);
    }

    RunFacts run() {
        return run;
    }

    Collection<Attempt> running() {
        return running.values();
    }

    /// Completes with the run's end, once that is on disk.
    CompletableFuture<RunState> whenEnded() {
        return ended;
    }

    /// Completes where this process can't carry the run on, because what happened could not be
    /// written.
    CompletableFuture<Void> whenStranded() {
        return stranded;
    }

    /// Completes where nothing will happen before a moment that is far off: the run is out of
    /// memory then.
    CompletableFuture<Instant> whenAsleep() {
        return asleep;
    }

    /// Whether this process has been told to end the run.
    boolean cancelled() {
        return cancelled;
    }

    /// Starts a new run. What opens it goes to disk in the same write as its first tasks.
    ///
    /// @param kept tasks that have ended already, by id
    /// @param asked what somebody wants of it already
    CompletableFuture<Void> start(
            List<Change> opening, Map<String, StoredTask> kept, List<Operation> asked) {
        try {
            return move(opening, 0, (m, now) -> withAsked(m.start(kept, now), asked, m, now));
        } finally {
            begun.countDown();
        }
    }

    CompletableFuture<Void> restore(StoredRun stored, List<Operation> asked) {
        try {
            return move(List.of(), 0, (m, now) -> withAsked(m.restore(stored, now), asked, m, now));
        } finally {
            begun.countDown();
        }
    }

    /// Whoever found the run may be faster than who is about to begin it.
    private boolean hasBegun() {
        try {
            return begun.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Each once: the same may be heard of several times until it is done.
    private Step withAsked(Step step, List<Operation> asked, RunMachine machine, Instant now) {
        var all = step;
        for (var operation : asked) {
            if (heard.add(operation.id())) {
                all = all.and(machine.operateAsked(operation, now));
            }
        }
        return all;
    }

    /// @return once it is on disk; false where this process has let go of the run
    /// @throws dev.leat.task.Refusal.Conflict where it can't be done
    CompletableFuture<Boolean> operate(Operation operation) {
        if (!hasBegun()) {
            return CompletableFuture.completedFuture(false);
        }
        lock.lock();
        try {
            if (given) {
                return CompletableFuture.completedFuture(false);
            }
            var written = move(List.of(), 0, (m, now) -> m.operate(operation, now));
            heard.add(operation.id());
            return written.thenApply(done -> true);
        } finally {
            lock.unlock();
        }
    }

    /// What was asked for where this process didn't hear it.
    void operateAsked(List<Operation> asked) {
        if (!hasBegun()) {
            return;
        }
        move(List.of(), 0, (m, now) -> withAsked(NOTHING, asked, m, now));
    }

    /// @param operation kept in the same write; null where that was kept before
    /// @return once it is on disk; false where this process has let go of the run
    CompletableFuture<Boolean> cancel(
            @Nullable String by, @Nullable String why, @Nullable Operation operation) {
        if (!hasBegun()) {
            return CompletableFuture.completedFuture(false);
        }
        lock.lock();
        try {
            if (given) {
                return CompletableFuture.completedFuture(false);
            }
            cancelled = true;
            return move(
                            List.of(),
                            0,
                            (m, now) -> {
                                var step = m.cancel(by, why, now);
                                return operation == null || step.isEmpty()
                                        ? step
                                        : step.and(new Change.Operated(operation.done(now)));
                            })
                    .thenApply(done -> true);
        } finally {
            lock.unlock();
        }
    }

    /// What a task waited for has come.
    void answered(TaskCell task, int attempt, Answers.Given given) {
        move(
                List.of(),
                0,
                (m, now) -> m.answered(task, attempt, given.outcome(), given.reason(), now));
    }

    /// Whether an attempt waits for what is too late by now.
    boolean isOverdue(TaskCell task, int attempt) {
        lock.lock();
        try {
            return task.overdue && task.awaited != null && task.attempt == attempt;
        } finally {
            lock.unlock();
        }
    }

    /// Nothing has come for a task so far.
    void unanswered(TaskCell task, int attempt) {
        move(List.of(), 0, (m, now) -> m.unanswered(task, attempt, now));
    }

    /// Answers may have come for tasks of this run.
    void lookForAnswers() {
        List<Command.Await> waiting;
        lock.lock();
        try {
            waiting = given ? List.of() : machine.awaiting();
        } finally {
            lock.unlock();
        }
        waiting.forEach(each -> waits.look(each.task(), each.attempt(), each.awaited()));
    }

    /// Whether what the task waits for is to be stopped, or the run isn't carried here any more.
    boolean abandons(TaskCell task) {
        lock.lock();
        try {
            return machine.abandons(task);
        } finally {
            lock.unlock();
        }
    }

    /// Its later children are of the same revision.
    void startsChild(Awaited.Run child) {
        revisions.putIfAbsent(child.workflow(), child.revision());
    }

    /// Its children are of this revision from now on, unless they are of another already.
    ///
    /// @return the one that they are of
    int pinRevisionOfChildren(String workflow, int revision) {
        var earlier = revisions.putIfAbsent(workflow, revision);
        return earlier == null ? revision : earlier;
    }

    /// Which revision of a workflow the run's children are of; 0 where it has none yet.
    int revisionOfChildren(String workflow) {
        return revisions.getOrDefault(workflow, 0);
    }

    /// A task has its place in its pool.
    ///
    /// @return whether it needs it still
    boolean entered(TaskCell task) {
        var needed = new boolean[1];
        move(
                List.of(),
                0,
                (m, now) -> {
                    var step = m.entered(task);
                    needed[0] = step.isPresent();
                    return step.orElse(NOTHING);
                });
        return needed[0];
    }

    void poolFull(TaskCell task, String reason) {
        move(List.of(), 0, (m, now) -> m.poolFull(task, reason, now));
    }

    /// Called when slots have come free.
    void pump() {
        move(List.of(), 0, (m, now) -> NOTHING);
    }

    /// Lets go of the run without another word: it is taken up again from what is on disk.
    void abandon(String why) {
        lock.lock();
        try {
            given = true;
        } finally {
            lock.unlock();
        }
        leaveMemory();
        running.values().forEach(attempt -> attempt.stop(why));
    }

    boolean isGiven() {
        lock.lock();
        try {
            return given;
        } finally {
            lock.unlock();
        }
    }

    private void leaveMemory() {
        parts.slots().forget(this);
        parts.pools().forget(this);
        alarms.clear();
    }

    private CompletableFuture<Void> move(
            List<Change> first, int freedSlots, BiFunction<RunMachine, Instant, Step> event) {
        var commands = new ArrayList<Command>();
        CompletableFuture<Void> written;
        lock.lock();
        try {
            parts.slots().give(freedSlots);
            if (given) {
                return CompletableFuture.completedFuture(null);
            }
            var now = parts.clock().instant();
            var happened = event.apply(machine, now);
            var slots = parts.slots().take(this, machine.ready(), machine.priority());
            var begun = machine.startReady(slots, now);
            commands.addAll(happened.commands());
            commands.addAll(begun.commands());
            moving.incrementAndGet();
            written = write(first, happened, begun);
        } finally {
            lock.unlock();
        }
        callNext();
        return written.handle(
                (done, failure) -> {
                    if (failure == null) {
                        carryOut(commands);
                        moving.decrementAndGet();
                        sleepIfIdle();
                    } else {
                        // What was to begin won't.
                        parts.slots().give(begunBy(commands));
                        giveUp(first, failure);
                        callNext();
                        throw failure instanceof RuntimeException known
                                ? known
                                : new IllegalStateException(failure);
                    }
                    return null;
                });
    }

    private static int begunBy(List<Command> commands) {
        return (int) commands.stream().filter(Command.Perform.class::isInstance).count();
    }

    private CompletableFuture<Void> write(List<Change> first, Step happened, Step begun) {
        var changes =
                new ArrayList<Change>(
                        first.size() + happened.changes().size() + begun.changes().size());
        changes.addAll(first);
        changes.addAll(happened.changes());
        changes.addAll(begun.changes());
        return changes.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : parts.journal().write(changes, run.node());
    }

    private void callNext() {
        var next = parts.slots().next();
        if (next != null && next != this) {
            parts.threads().execute(next::pump);
        }
    }

    private void carryOut(List<Command> commands) {
        for (var command : commands) {
            switch (command) {
                case Command.Perform(var task, var number) -> perform(task, number);
                case Command.RetryAfter(var task, var delay) -> retryAfter(task, delay);
                case Command.WakeAt(var task, var at) -> alarms.at(at, () -> due(task));
                case Command.TimeUpAt(var at) -> alarms.at(at, this::timeUp);
                case Command.AskPool(var task, var pool) ->
                        parts.pools().ask(pool, this, task, parts.threads());
                case Command.PoolFreed(var pool) ->
                        parts.threads().execute(() -> parts.pools().serve(pool));
                case Command.Await(var task, var number, var awaited) ->
                        waits.await(task, number, awaited);
                case Command.StopChild(var child, var why) ->
                        parts.threads().execute(() -> waits.stop(child, why));
                case Command.Stop(var task, var number, var why) -> stop(task, number, why);
                case Command.Ended(var state) -> {
                    leaveMemory();
                    ended.complete(state);
                }
            }
        }
    }

    /// Where all that is left to do is to wait long, what is on disk is enough.
    void sleepIfIdle() {
        if (isBusy()) {
            return;
        }
        Instant until;
        lock.lock();
        try {
            until = given ? null : machine.idleUntil();
            var soon = parts.clock().instant().plus(parts.sleepAfter());
            if (until == null || until.isBefore(soon) || isBusy()) {
                return;
            }
            given = true;
        } finally {
            lock.unlock();
        }
        leaveMemory();
        retrying.values().forEach(loop -> loop.complete(null));
        asleep.complete(until);
    }

    /// What is still to be written or carried out may find an answer that has come already.
    private boolean isBusy() {
        return !running.isEmpty() || moving.get() > 0 || waits.looking();
    }

    private void perform(TaskCell task, int number) {
        var attempt = new Attempt(task, number);
        running.put(task, attempt);
        if (isGiven()) {
            // Whoever let go of the run may have stopped its attempts before this one was there.
            attempt.stop("this process has let go of the run");
        }
        if (task.spec.retry().maxAttempts() <= 1 || retrying.containsKey(task)) {
            parts.threads().execute(() -> run(attempt));
        } else {
            parts.threads().execute(() -> parts.retries().carry(() -> oneOfSeveral(attempt)));
        }
    }

    /// The first call performs the attempt that the loop began with; each later one comes when a
    /// wait is over.
    private CompletableFuture<Void> oneOfSeveral(Attempt first) {
        var task = first.task;
        var done = new CompletableFuture<Void>();
        if (running.get(task) == first) {
            retrying.put(task, done);
            parts.threads().execute(() -> run(first));
        } else if (task.state == TaskState.RETRYING) {
            retrying.put(task, done);
            due(task);
        } else {
            done.complete(null);
        }
        return done;
    }

    private void retryAfter(TaskCell task, Duration delay) {
        var loop = retrying.remove(task);
        if (loop != null) {
            loop.completeExceptionally(new TryAgain(delay));
        } else {
            // It was taken up while it waited, and no loop of this process has begun it.
            alarms.at(parts.clock().instant().plus(delay), () -> due(task));
        }
    }

    private void run(Attempt attempt) {
        var task = attempt.task;
        Outcome outcome = null;
        try {
            if (attempt.begin()) {
                outcome = parts.runner().perform(run, attempt, context);
            }
        } catch (InterruptedException stopped) {
            // Said by whoever stopped it, below.
        } catch (RuntimeException | Error bug) {
            LOG.errorf(
                    bug, "Task '%s' of run %s failed in the engine", task.id(), Ids.text(run.id()));
            outcome =
                    Outcome.failed(
                            TaskError.transientFailure(
                                            "engine", "the engine failed; its log says more")
                                    .causedBy(bug));
        } finally {
            attempt.end();
            running.remove(task, attempt);
        }
        report(attempt, outcome);
    }

    private void report(Attempt attempt, @Nullable Outcome outcome) {
        var task = attempt.task;
        var why = attempt.stopping();
        move(
                List.of(),
                1,
                (m, now) -> {
                    if (why == null) {
                        return m.finished(
                                task, attempt.number, outcome == null ? INTERRUPTED : outcome, now);
                    }
                    return outcome instanceof Outcome.Succeeded
                            ? m.finished(task, attempt.number, outcome, now)
                            : m.stopped(task, attempt.number, why, now);
                });
        if (task.state.terminal()) {
            var loop = retrying.remove(task);
            if (loop != null) {
                loop.complete(null);
            }
        }
    }

    private void stop(TaskCell task, int number, String why) {
        var attempt = running.get(task);
        if (attempt != null && attempt.number == number) {
            attempt.stop(why);
        }
    }

    private void due(TaskCell task) {
        move(List.of(), 0, (m, now) -> m.due(task, now));
    }

    private void timeUp() {
        move(List.of(), 0, RunMachine::timeUp);
    }

    /// A run that could not be opened doesn't exist; one that could not go on is taken up again
    /// from what is on disk.
    private void giveUp(List<Change> opening, Throwable failure) {
        abandon("what happened could not be written");
        if (opening.isEmpty()) {
            stranded.completeExceptionally(failure);
        }
    }
}
