package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.Run;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.workflow.Plan;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.context.SmallRyeContextManagerProvider;
import io.smallrye.context.SmallRyeManagedExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.context.ThreadContext;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Runs plans: each as a [RunExecution], in dependency-safe order, independent branches at once on
// virtual threads.
@ApplicationScoped
class WorkflowExecutor {

    private static final Logger LOG = Logger.getLogger(WorkflowExecutor.class);
    private static final Duration BEFORE_TRYING_AGAIN = Duration.ofSeconds(5);
    private static final Duration FOR_CHILDREN_TO_END = Duration.ofSeconds(15);
    private static final long BETWEEN_LOOKS = Duration.ofMillis(10).toNanos();

    private final RunStore runs;
    private final Plans plans;
    private final StoredRuns stored;
    private final RandomGenerator chance;
    private final EngineConfig config;
    private final EngineParts parts;
    private final Admission admission = new Admission();
    private final Map<Long, RunExecution> executions = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<RunState>> awaited = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    WorkflowExecutor(
            RunStore runs,
            Plans plans,
            StoredRuns stored,
            Journal journal,
            TaskRunner runner,
            RetryGuard retries,
            Timers timers,
            InstantSource clock,
            EngineConfig config,
            @VirtualThreads ExecutorService threads) {
        this.runs = runs;
        this.plans = plans;
        this.stored = stored;
        this.config = config;
        this.chance = RandomGenerator.of("L64X128MixRandom");
        this.parts =
                new EngineParts(
                        journal,
                        runner,
                        retries,
                        timers,
                        new Slots(config.maxRunningTasks()),
                        managed(threads),
                        clock);
    }

    private static SmallRyeManagedExecutor managed(ExecutorService threads) {
        return new SmallRyeManagedExecutor.Builder(SmallRyeContextManagerProvider.getManager())
                .withExecutorService(threads)
                .propagated()
                .cleared(ThreadContext.ALL_REMAINING)
                .build();
    }

    /// Asks for a place among the workflow's runs.
    Admission.Answer admit(Plan plan, long run) {
        return admission.ask(plan.workflow().qualifiedId(), run, plan.workflow().concurrency());
    }

    /// Gives a place back that was never used.
    void leave(Plan plan, long run) {
        startThose(admission.leave(plan.workflow().qualifiedId(), run));
    }

    /// Starts a run that was admitted. Completes once it is on disk, together with its first tasks.
    ///
    /// @param opening what opens the run; goes into the same write
    CompletableFuture<Void> execute(
            Plan plan, RunContext context, RunFacts run, List<Change> opening) {
        var lastSeq = opening.stream().filter(Change.RunOpened.class::isInstance).count();
        var execution = execution(plan, context, run, lastSeq);
        return execution
                .start(opening)
                .whenComplete(
                        (done, failure) -> {
                            if (failure != null) {
                                executions.remove(run.id());
                            }
                        });
    }

    Optional<RunExecution> find(long run) {
        return Optional.ofNullable(executions.get(run));
    }

    Collection<RunExecution> executions() {
        return executions.values();
    }

    Executor threads() {
        return parts.threads();
    }

    /// Runs that this process has in memory or in line.
    int unfinished() {
        return executions.size() + admission.waiting();
    }

    int running() {
        return parts.slots().running();
    }

    int slots() {
        return parts.slots().total();
    }

    boolean stopping() {
        return stopping;
    }

    /// Completes with the run's end, also where the run waits in line or has ended long ago.
    CompletableFuture<RunState> whenEnded(long run) {
        var ended = awaited.computeIfAbsent(run, id -> new CompletableFuture<>());
        var state = runs.run(run).map(found -> found.state).orElse(RunState.CANCELLED);
        if (state.terminal()) {
            awaited.remove(run);
            ended.complete(state);
        }
        return ended;
    }

    /// Ends a run that is still in line.
    CompletableFuture<Void> cancelQueued(Run run, @Nullable String by, @Nullable String why) {
        var now = parts.clock().instant();
        var changes =
                List.<Change>of(
                        new Change.CancelRequested(run.id, run.lastSeq + 1, by, why, now),
                        new Change.RunChanged(
                                run.id,
                                run.lastSeq + 2,
                                RunState.CANCELLED,
                                "cancelled before it started",
                                null,
                                now,
                                null,
                                null,
                                now));
        return parts.journal()
                .write(changes)
                .thenRun(() -> ended(run.workflow, run.id, RunState.CANCELLED));
    }

    /// Takes up every run that an earlier process left unfinished. One that can't be read is set
    // aside and harms no other.
    void resumeAll() {
        for (var run : runs.unfinished()) {
            if (run.state == RunState.QUEUED && run.startedAt == null) {
                setAsideOnTrouble(
                        run,
                        () ->
                                admission.restoreWaiting(
                                        run.workflow,
                                        run.id,
                                        plans.of(run.revision).workflow().concurrency().limit()));
            } else {
                admission.restore(run.workflow, run.id);
                resume(run);
            }
        }
        startThose(admission.admitAll());
    }

    private void resume(Run run) {
        setAsideOnTrouble(
                run,
                () -> {
                    var plan = plans.of(run.revision);
                    var context = stored.context(run, plan);
                    var execution =
                            execution(
                                    plan,
                                    context,
                                    new RunFacts(run.id, run.workflow, run.fence),
                                    run.lastSeq);
                    if (run.startedAt == null) {
                        execution.start(List.of());
                    } else {
                        LOG.infof("Taking up run %s of '%s'", Ids.text(run.id), run.workflow);
                        execution.restore(stored.read(run));
                    }
                });
    }

    private void setAsideOnTrouble(Run run, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | StackOverflowError trouble) {
            LOG.errorf(
                    trouble,
                    "Run %s of '%s' can't be taken up and is set aside",
                    Ids.text(run.id),
                    run.workflow);
            executions.remove(run.id);
            var now = parts.clock().instant();
            var error =
                    new Change.RunError(
                            "unreadable",
                            "what is stored of the run can't be read: " + trouble.getMessage(),
                            null,
                            0,
                            List.of());
            parts.journal()
                    .write(
                            List.of(
                                    new Change.RunChanged(
                                            run.id,
                                            run.lastSeq + 1,
                                            RunState.FAILED,
                                            null,
                                            null,
                                            now,
                                            null,
                                            error,
                                            now)))
                    .whenComplete((done, failure) -> ended(run.workflow, run.id, RunState.FAILED));
        }
    }

    private RunExecution execution(Plan plan, RunContext context, RunFacts run, long lastSeq) {
        var machine = new RunMachine(run.id(), plan, context, chance, lastSeq);
        var execution = new RunExecution(run, machine, context, parts);
        executions.put(run.id(), execution);
        execution.whenEnded().thenAccept(state -> ended(run.workflow(), run.id(), state));
        execution
                .whenStranded()
                .exceptionally(
                        failure -> {
                            stranded(run, failure);
                            return null;
                        });
        return execution;
    }

    private void ended(String workflow, long run, RunState state) {
        executions.remove(run);
        var waiting = awaited.remove(run);
        if (waiting != null) {
            waiting.complete(state);
        }
        startThose(admission.leave(workflow, run));
    }

    private void startThose(List<Long> admitted) {
        for (var run : admitted) {
            parts.threads()
                    .execute(
                            () ->
                                    runs.run(run)
                                            .filter(found -> !found.state.terminal())
                                            .ifPresent(this::resume));
        }
    }

    /// What is on disk counts: the run is read again from there, after a pause, for as long as it
    // takes.
    private void stranded(RunFacts run, Throwable failure) {
        executions.remove(run.id());
        if (stopping) {
            return;
        }
        LOG.warnf(
                "Run %s: what happened could not be written (%s); it is taken up again in %s",
                Ids.text(run.id()), failure.getMessage(), Words.duration(BEFORE_TRYING_AGAIN));
        parts.timers()
                .at(
                        parts.clock().instant().plus(BEFORE_TRYING_AGAIN),
                        () -> parts.threads().execute(() -> takeUpAgain(run)));
    }

    private void takeUpAgain(RunFacts run) {
        try {
            var found = runs.run(run.id());
            if (found.isEmpty() || found.get().state.terminal()) {
                ended(
                        run.workflow(),
                        run.id(),
                        found.map(row -> row.state).orElse(RunState.CANCELLED));
            } else {
                resume(found.get());
            }
        } catch (RuntimeException stillBroken) {
            stranded(run, stillBroken);
        }
    }

    /// Starts nothing more and waits for what runs, up to the drain timeout; the rest is stopped
    // and runs again after the next start.
    void drain() {
        stopping = true;
        parts.slots().close();
        awaitIdle(config.drainTimeout());
        executions.values().forEach(execution -> execution.abandon("the server is stopping"));
        awaitIdle(FOR_CHILDREN_TO_END);
    }

    private void awaitIdle(Duration atMost) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (parts.slots().running() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }
}
