package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.Membership;
import dev.leat.store.Run;
import dev.leat.store.RunState;
import dev.leat.workflow.Plan;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/// Runs plans: each as a [RunExecution], in dependency-safe order, independent branches at once on
/// virtual threads. Has the runs that this node carries, and only those.
@ApplicationScoped
class WorkflowExecutor {

    private static final Logger LOG = Logger.getLogger(WorkflowExecutor.class);
    private static final Duration BEFORE_TRYING_AGAIN = Duration.ofSeconds(5);
    private static final Duration FOR_CHILDREN_TO_END = Duration.ofSeconds(15);

    private final Recovery recovery;
    private final AwaitedRuns awaited;
    private final Membership membership;
    private final RandomGenerator chance;
    private final EngineConfig config;
    private final EngineParts parts;
    private final Sleepers sleepers;
    private final Map<Long, RunExecution> executions = new ConcurrentHashMap<>();
    private volatile Runnable whenRoom = () -> {};
    private volatile boolean stopping;

    WorkflowExecutor(
            Recovery recovery,
            AwaitedRuns awaited,
            Membership membership,
            Journal journal,
            AttemptRunner runner,
            Answers answers,
            RetryGuard retries,
            Pools pools,
            RunEnds ends,
            Timers timers,
            InstantSource clock,
            EngineConfig config) {
        this.recovery = recovery;
        this.awaited = awaited;
        this.membership = membership;
        this.config = config;
        this.chance = RandomGenerator.of("L64X128MixRandom");
        answers.whenAnswered(this::answered);
        this.sleepers = new Sleepers(timers, clock, config.sleepAfter(), this::takeUp);
        this.parts =
                EngineParts.of(
                        journal, runner, answers, retries, timers, pools, ends, clock, config);
    }

    /// The facts of a run that this node is about to open.
    RunFacts newRun(long run, Plan plan) {
        return new RunFacts(run, plan.workflow().qualifiedId(), 1, membership.node());
    }

    /// Starts a new run. Completes once it is on disk, together with its first tasks.
    ///
    /// @param opening what opens the run; goes into the same write
    /// @param kept tasks that have ended already, by id
    CompletableFuture<Void> execute(
            Plan plan,
            RunContext context,
            RunFacts run,
            List<Change> opening,
            Map<String, StoredRun.StoredTask> kept) {
        var lastSeq = opening.stream().filter(WorkflowExecutor::isTransition).count();
        var execution = execution(plan, context, run, lastSeq);
        return execution
                .start(opening, kept, List.of())
                .whenComplete(
                        (done, failure) -> {
                            if (failure != null) {
                                executions.remove(run.id(), execution);
                            }
                        });
    }

    private static boolean isTransition(Change change) {
        return change instanceof Change.RunOpened || change instanceof Change.TaskChanged;
    }

    Optional<RunExecution> find(long run) {
        return Optional.ofNullable(executions.get(run));
    }

    Executor threads() {
        return parts.threads();
    }

    /// Runs that this node carries, those that sleep included.
    int unfinished() {
        return executions.size() + sleepers.count();
    }

    /// What this node has to do.
    Membership.Load load() {
        return new Membership.Load(
                parts.slots().total(), parts.slots().running(), executions.size());
    }

    boolean stopping() {
        return stopping;
    }

    /// How many more runs this node takes now. Where others could take them, only as many as it
    /// has slots free.
    int room() {
        if (stopping) {
            return 0;
        }
        var room = config.maxRunningRuns() - executions.size();
        return Math.max(0, membership.peers() == 0 ? room : Math.min(room, parts.slots().free()));
    }

    /// Whether it carries as many runs as it may, whatever these are doing.
    boolean full() {
        return executions.size() >= config.maxRunningRuns();
    }

    /// Called each time that there may be room for one more.
    void whenRoom(Runnable action) {
        whenRoom = action;
    }

    void later(Duration wait, Runnable action) {
        parts.timers().at(parts.clock().instant().plus(wait), action);
    }

    /// Takes up a run that was claimed for this node: starts it, or goes on with it from what is on
    /// disk. One that can't be read is set aside and harms no other.
    void take(long run) {
        // Waits for one that is falling asleep.
        if (executions.compute(run, (id, known) -> known) != null) {
            return;
        }
        sleepers.awaken(run);
        try {
            var found = recovery.find(run);
            if (found.isEmpty() || found.get().state.terminal()) {
                ended(run, found.map(row -> row.state).orElse(RunState.CANCELLED));
            } else if (recovery.isOwn(found.get())) {
                resume(found.get());
            }
        } catch (RuntimeException away) {
            takeLater(run, away, () -> false);
        }
    }

    /// Ends the sleep of a run, if this node has it asleep.
    void awaken(long run) {
        if (sleepers.awaken(run)) {
            takeUp(run);
        }
    }

    /// A task of the run has its answer: it goes on here, if this node has it.
    void answered(long run) {
        var execution = find(run);
        if (execution.isPresent()) {
            execution.get().waits().lookForAnswers();
        } else {
            awaken(run);
        }
    }

    /// A run has ended that nobody carried.
    void endedInLine(Run run) {
        ended(run.id, RunState.CANCELLED);
    }

    private void takeUp(long run) {
        parts.threads().execute(() -> take(run));
    }

    private void resume(Run run) {
        RunExecution execution;
        Recovery.Recovered found;
        try {
            found = recovery.read(run);
            execution = execution(found.plan(), found.context(), found.facts(), run.lastSeq);
        } catch (RuntimeException | StackOverflowError trouble) {
            if (Trouble.passes(trouble)) {
                takeLater(run.id, trouble, () -> false);
            } else {
                setAside(run, trouble);
            }
            return;
        }
        try {
            recovery.go(run, execution, found.before());
        } catch (RuntimeException | StackOverflowError trouble) {
            if (Trouble.passes(trouble)) {
                executions.remove(run.id, execution);
                execution.abandon("it could not be read");
                takeLater(run.id, trouble, execution::performs);
            } else {
                setAside(run, trouble);
            }
        }
    }

    private void setAside(Run run, Throwable trouble) {
        executions.remove(run.id);
        recovery.setAside(run, trouble)
                .whenComplete(
                        (done, failure) -> {
                            if (failure == null) {
                                ended(run.id, RunState.FAILED);
                            } else {
                                takeLater(run.id, failure, () -> false);
                            }
                        });
    }

    private RunExecution execution(Plan plan, RunContext context, RunFacts run, long lastSeq) {
        var machine = new RunMachine(run.id(), plan, context, chance, lastSeq);
        var execution = new RunExecution(run, machine, context, parts);
        executions.put(run.id(), execution);
        execution.whenEnded().thenAccept(state -> ended(run.id(), state));
        execution.whenAsleep().thenAccept(until -> asleep(run.id(), execution, until));
        execution
                .whenStranded()
                .exceptionally(
                        failure -> {
                            executions.remove(run.id(), execution);
                            takeLater(run.id(), failure, execution::performs);
                            return null;
                        });
        return execution;
    }

    private void asleep(long run, RunExecution execution, Instant until) {
        executions.computeIfPresent(
                run,
                (id, known) -> {
                    if (known != execution) {
                        return known;
                    }
                    sleepers.add(run, until);
                    return null;
                });
        whenRoom.run();
        parts.threads().execute(() -> awakenIfAsked(run));
    }

    private void awakenIfAsked(long run) {
        if (recovery.isAsked(run)) {
            awaken(run);
        }
    }

    private void ended(long run, RunState state) {
        executions.remove(run);
        awaited.ended(run, state);
        whenRoom.run();
    }

    /// What is on disk counts: the run is read again from there, after a pause, for as long as it
    /// takes. Not where this node has lost it: then another has it.
    ///
    /// @param performs whether attempts of it haven't ended yet: those that follow them must wait
    private void takeLater(long run, Throwable failure, BooleanSupplier performs) {
        var node = membership.node();
        if (stopping || node == 0) {
            return;
        }
        LOG.warnf(
                "Run %s: what happened could not be written or read (%s); it is taken up again in %s",
                Ids.text(run), failure.getMessage(), Words.duration(BEFORE_TRYING_AGAIN));
        takeUpAfter(run, node, performs);
    }

    private void takeUpAfter(long run, long node, BooleanSupplier performs) {
        later(
                BEFORE_TRYING_AGAIN,
                () -> {
                    if (membership.node() != node) {
                        return;
                    }
                    if (performs.getAsBoolean()) {
                        takeUpAfter(run, node, performs);
                    } else {
                        takeUp(run);
                    }
                });
    }

    /// Lets go of everything: it is somebody else's, or about to be. Processes get most of the time
    /// that is left to end, and are killed then.
    void letGo(String why, Duration left) {
        var carried = List.copyOf(executions.values());
        executions.clear();
        sleepers.clear();
        carried.forEach(execution -> execution.abandon(why));
        parts.slots().awaitIdle(left.multipliedBy(2).dividedBy(3));
        // A second interrupt ends the grace.
        carried.forEach(execution -> execution.abandon(why));
        parts.slots().awaitIdle(FOR_CHILDREN_TO_END);
    }

    /// Starts nothing more and waits for what runs, up to the drain timeout; the rest is stopped
    /// and runs again elsewhere, or after the next start.
    void drain() {
        stopping = true;
        parts.slots().close();
        parts.slots().awaitIdle(config.drainTimeout());
        executions.values().forEach(execution -> execution.abandon("the server is stopping"));
        parts.slots().awaitIdle(FOR_CHILDREN_TO_END);
    }
}
