package dev.leat.engine;

import dev.leat.engine.StoredRun.StoredTask;
import dev.leat.store.Change;
import dev.leat.store.Operation;
import dev.leat.store.RunState;
import dev.leat.store.Sequence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// One run while this process has it: gives its [RunMachine] what happens, has the answer written,
/// and then has it carried out by its [ExecutionCommands]. Nothing is acted on before it is on
/// disk.
final class RunExecution {

    static final Step NOTHING = new Step(List.of(), List.of());

    private final RunFacts run;
    private final RunMachine machine;
    private final EngineParts parts;
    private final ExecutionOperations operations;
    private final ExecutionCommands commands;
    private final CompletableFuture<RunState> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> stranded = new CompletableFuture<>();
    private final CompletableFuture<Instant> asleep = new CompletableFuture<>();
    private final Sequence sequence = new Sequence();
    private final AtomicInteger moving = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean given;

    RunExecution(RunFacts run, RunMachine machine, RunContext context, EngineParts parts) {
        this.run = run;
        this.machine = machine;
        this.parts = parts;
        this.operations = new ExecutionOperations(this);
        this.commands = new ExecutionCommands(this, context, parts);
    }

    RunFacts run() {
        return run;
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

    /// Starts a new run. What opens it goes to disk in the same write as its first tasks.
    ///
    /// @param kept tasks that have ended already, by id
    /// @param asked what somebody wants of it already
    CompletableFuture<Void> start(
            List<Change> opening, Map<String, StoredTask> kept, List<Operation> asked) {
        try {
            return move(
                    opening,
                    0,
                    true,
                    (m, now) -> operations.also(m.start(kept, now), asked, m, now));
        } finally {
            operations.begin();
        }
    }

    CompletableFuture<Void> restore(StoredRun stored, List<Operation> asked) {
        try {
            return move(
                    List.of(),
                    0,
                    false,
                    (m, now) -> operations.also(m.restore(stored, now), asked, m, now));
        } finally {
            operations.begin();
        }
    }

    /// What people want of the run.
    ExecutionOperations operations() {
        return operations;
    }

    /// What the run's tasks wait for.
    ExecutionWaits waits() {
        return commands.waits();
    }

    /// The tasks that wait for something that isn't a moment; none once this process has let go of
    /// the run.
    List<Command.Await> awaiting() {
        lock.lock();
        try {
            return given ? List.of() : machine.awaiting();
        } finally {
            lock.unlock();
        }
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

    /// Whether an attempt waits for what is too late by now.
    boolean isOverdue(TaskCell task, int attempt) {
        lock.lock();
        try {
            return task.overdue && task.awaited != null && task.attempt == attempt;
        } finally {
            lock.unlock();
        }
    }

    /// A task has its place in its pool.
    ///
    /// @return whether it needs it still
    boolean entered(TaskCell task) {
        var needed = new boolean[1];
        move(
                (m, now) -> {
                    var step = m.entered(task);
                    needed[0] = step.isPresent();
                    return step.orElse(NOTHING);
                });
        return needed[0];
    }

    void poolFull(TaskCell task, String reason) {
        move((m, now) -> m.poolFull(task, reason, now));
    }

    /// Called when slots have come free.
    void pump() {
        move((m, now) -> NOTHING);
    }

    /// Called once the run's end is on disk.
    void end(RunState state) {
        ended.complete(state);
    }

    /// Lets go of the run without another word: it is taken up again from what is on disk.
    void abandon(String why) {
        lock.lock();
        try {
            given = true;
        } finally {
            lock.unlock();
        }
        commands.leaveMemory();
        commands.attempts().stopAll(why);
    }

    /// Whether attempts of its tasks run here, also once this process has let go of the run.
    boolean performs() {
        return commands.attempts().any();
    }

    boolean isGiven() {
        lock.lock();
        try {
            return given;
        } finally {
            lock.unlock();
        }
    }

    /// Gives the machine an event, has the answer written, and then carried out. Nothing of that
    /// happens once this process has let go of the run.
    ///
    /// @return once it is on disk
    CompletableFuture<Void> move(BiFunction<RunMachine, Instant, Step> event) {
        return move(List.of(), 0, false, event);
    }

    /// The same for the end of an attempt, which had a slot, on the attempt's own thread. It has
    /// nothing else to do.
    void moveFromSlot(BiFunction<RunMachine, Instant, Step> event) {
        move(List.of(), 1, true, event);
    }

    /// The same for what somebody waits for.
    ///
    /// @return once it is on disk; false where this process has let go of the run
    CompletableFuture<Boolean> moveIfCarried(BiFunction<RunMachine, Instant, Step> event) {
        lock.lock();
        try {
            return given
                    ? CompletableFuture.completedFuture(false)
                    : move(event).thenApply(done -> true);
        } finally {
            lock.unlock();
        }
    }

    /// @param helps whether this thread would only wait, and so may do the journal's work
    private CompletableFuture<Void> move(
            List<Change> first,
            int freedSlots,
            boolean helps,
            BiFunction<RunMachine, Instant, Step> event) {
        var toDo = new ArrayList<Command>();
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
            toDo.addAll(happened.commands());
            toDo.addAll(begun.commands());
            moving.incrementAndGet();
            written = write(changes(first, happened, begun), helps);
        } finally {
            lock.unlock();
        }
        try {
            callNext();
            return written.handle((done, failure) -> written(first, toDo, failure));
        } finally {
            if (helps) {
                parts.journal().help();
            }
        }
    }

    private @Nullable Void written(
            List<Change> first, List<Command> toDo, @Nullable Throwable failure) {
        if (failure == null) {
            commands.carryOut(toDo);
            moving.decrementAndGet();
            sleepIfIdle();
            return null;
        }
        // What was to begin won't.
        parts.slots().give(begunBy(toDo));
        giveUp(first, failure);
        callNext();
        throw failure instanceof RuntimeException known
                ? known
                : new IllegalStateException(failure);
    }

    private static int begunBy(List<Command> commands) {
        return (int) commands.stream().filter(Command.Perform.class::isInstance).count();
    }

    private List<Change> changes(List<Change> first, Step happened, Step begun) {
        var changes =
                new ArrayList<Change>(
                        first.size() + happened.changes().size() + begun.changes().size());
        changes.addAll(first);
        changes.addAll(happened.changes());
        changes.addAll(begun.changes());
        parts.ends().addTo(changes, run.workflow());
        return changes;
    }

    private CompletableFuture<Void> write(List<Change> changes, boolean helps) {
        var journal = parts.journal();
        return helps
                ? journal.writeAndHelp(changes, run.node(), sequence)
                : journal.write(changes, run.node(), sequence);
    }

    private void callNext() {
        var next = parts.slots().next();
        if (next != null && next != this) {
            parts.threads().execute(next::pump);
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
        commands.leaveMemory();
        commands.attempts().endLoops();
        asleep.complete(until);
    }

    /// What is still to be written or carried out may find an answer that has come already.
    private boolean isBusy() {
        return commands.attempts().any() || moving.get() > 0 || waits().looking();
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
