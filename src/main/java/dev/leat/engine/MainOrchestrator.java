package dev.leat.engine;

import dev.leat.engine.RunOpening.Opening;
import dev.leat.store.Change;
import dev.leat.store.Change.RevisionSaved;
import dev.leat.store.Ids;
import dev.leat.store.Membership;
import dev.leat.store.Operation.Action;
import dev.leat.store.Revision;
import dev.leat.store.Run;
import dev.leat.store.RunStore;
import dev.leat.task.Awaited;
import dev.leat.task.Refusal;
import dev.leat.workflow.Inputs;
import dev.leat.workflow.Plan;
import dev.leat.workflow.WorkflowLoader;
import dev.leat.workflow.WorkflowLoader.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// The one way in, whichever door the request came through: definitions are stored, runs are
/// started and steered here.
@ApplicationScoped
public class MainOrchestrator {

    /// The most that a pool may have.
    public static final int MOST_PLACES = 100_000;

    /// Of a run, both ways: larger goes first.
    public static final int MOST_PRIORITY = 100;

    private final Definitions definitions;
    private final Inputs inputs;
    private final WorkflowExecutor executor;
    private final RunOpening opening;
    private final Dispatcher dispatcher;
    private final Cancellations cancellations;
    private final Approvals approvals;
    private final Answers answers;
    private final AwaitedRuns awaited;
    private final PoolSizes pools;
    private final Membership membership;
    private final Lifecycle lifecycle;
    private final RunEnds ends;
    private final RunStore runs;
    private final Ids ids;
    private final EngineConfig config;
    private final InstantSource clock;

    MainOrchestrator(
            Definitions definitions,
            Inputs inputs,
            WorkflowExecutor executor,
            RunOpening opening,
            Dispatcher dispatcher,
            Cancellations cancellations,
            Approvals approvals,
            Answers answers,
            AwaitedRuns awaited,
            PoolSizes pools,
            Membership membership,
            Lifecycle lifecycle,
            RunEnds ends,
            RunStore runs,
            Ids ids,
            EngineConfig config,
            InstantSource clock) {
        this.definitions = definitions;
        this.inputs = inputs;
        this.executor = executor;
        this.opening = opening;
        this.dispatcher = dispatcher;
        this.cancellations = cancellations;
        this.approvals = approvals;
        this.answers = answers;
        this.awaited = awaited;
        this.pools = pools;
        this.membership = membership;
        this.lifecycle = lifecycle;
        this.ends = ends;
        this.runs = runs;
        this.ids = ids;
        this.config = config;
        this.clock = clock;
    }

    /// Starts a run. When this returns, the run is on disk.
    ///
    /// @throws dev.leat.task.Refusal with what is wrong
    public Started start(StartRun request) {
        return start(request, definition -> null);
    }

    /// @param remake how it is made from another run, or null
    Started start(StartRun request, Function<Definition, @Nullable Remake> remake) {
        refusePriority(request.priority());
        try {
            var assumed = definitions.assumed(request);
            if (assumed.isPresent()) {
                return start(request, remake, assumed.get());
            }
        } catch (Refusal _) {
            // Nothing is stored, perhaps because of what isn't current any more.
        }
        return start(request, remake, definitions.find(request));
    }

    private Started start(
            StartRun request,
            Function<Definition, @Nullable Remake> remake,
            Definition definition) {
        var accepted = inputs.accept(definition.plan().workflow(), request.inputs());
        var remade = remake.apply(definition);
        var payload =
                Payload.hash(
                        definition.hash() + (remade == null ? "" : remade.payload()), accepted);
        var earlier = replayed(definition, request, payload);
        if (earlier.isPresent()) {
            return new Started(earlier.get().id, true);
        }
        refuseWhenFull();
        var run = ids.next();
        try {
            var replaced =
                    opening.open(new Opening(run, definition, request, accepted, payload, remade));
            replaced.forEach(other -> makeRoom(other, RunOpening.replacedBy(run)));
        } catch (Refusal.Conflict taken) {
            return new Started(
                    replayed(definition, request, payload).orElseThrow(() -> taken).id, true);
        }
        return new Started(run, false);
    }

    /// What a start would carry out, without storing or starting anything.
    ///
    /// @throws dev.leat.task.Refusal as the start would
    public Prepared prepared(StartRun request) {
        refusePriority(request.priority());
        var plan = definitions.find(request).plan();
        return new Prepared(plan, inputs.accept(plan.workflow(), request.inputs()));
    }

    /// Returns once the run has ended, or the time is up.
    public void await(long run, Duration atMost) {
        try {
            awaited.await(run, this::carried, atMost);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// The same without holding a thread; completes with the ended run.
    public CompletionStage<Run> whenEnded(long run) {
        return awaited.whenEnded(run, this::carried)
                .thenApplyAsync(state -> existing(run), executor.threads());
    }

    /// Asks a run to end. Safe to repeat; the answer is on disk when this returns.
    ///
    /// @throws dev.leat.task.Refusal.NotFound
    /// @throws dev.leat.task.Refusal.Conflict where the run has ended otherwise
    public Run cancel(long run, Request request) {
        return cancel(run, request, request.who());
    }

    private Run cancel(long run, Request request, @Nullable String named) {
        var operation =
                request.operation(ids.next(), run, Action.CANCEL, null, Map.of(), clock.instant());
        if (cancellations.cancel(operation, named)) {
            dispatcher.left();
        }
        return existing(run);
    }

    /// Answers the question that a task asks. The answer is on disk when this returns, and the task
    /// goes on by it.
    ///
    /// @throws dev.leat.task.Refusal.NotFound
    /// @throws dev.leat.task.Refusal.Forbidden where others are asked
    /// @throws dev.leat.task.Refusal.Invalid where the values don't fit the form
    /// @throws dev.leat.task.Refusal.Conflict where the task asks nothing, or was answered already
    public void decide(long run, String task, Approvals.Decision decision) {
        approvals.decide(run, task, decision);
    }

    /// Tells all tasks that wait for a signal of that name and key. Where none does, it is kept for
    /// the first that will.
    ///
    /// @param keep how long it is kept
    /// @return how many tasks got it
    public int signal(
            String name, String key, @Nullable Object payload, @Nullable String by, Duration keep) {
        return answers.send(new Awaited.Signal(name, key), payload, by, keep);
    }

    /// Stores a definition as the workflow's current revision, or answers the revision it already
    /// is.
    ///
    /// @throws dev.leat.task.Refusal.Invalid with all problems; nothing is stored then
    public Saved save(SaveWorkflow request) {
        return definitions.save(request);
    }

    /// What saving would answer, without storing anything.
    public WorkflowLoader.Loaded check(Source source) {
        return definitions.check(source);
    }

    /// @throws dev.leat.task.Refusal.NotFound
    /// @throws dev.leat.task.Refusal.Conflict where a file owns it
    public void delete(String workflow) {
        definitions.delete(workflow, false);
    }

    /// The file that owned the workflow is gone.
    public void deleteFromFile(String workflow) {
        definitions.delete(workflow, true);
    }

    /// Called with the id of each workflow that has another current revision, or none any more, or
    /// whose triggers were changed by another node.
    public void whenWorkflowChanged(Consumer<String> action) {
        definitions.whenChanged(action);
    }

    /// Asked, as each run ends, for what is written together with its end.
    public void whenRunEnds(RunEnds.Follower follower) {
        ends.follow(follower);
    }

    /// Prepares for the end of this process while it still answers: it isn't ready any more, starts
    /// are refused, and runs are handed over. Returns once nothing runs here, after the drain
    /// timeout at the latest.
    public void drain() {
        lifecycle.drain();
    }

    /// Gives a pool so many places; those who wait for one go on at once. With fewer than are
    /// taken, whoever is in stays in.
    ///
    /// @throws dev.leat.task.Refusal.Invalid for a name that no task could have, and for a number
    ///     out of bounds
    public void sizePool(String pool, int places) {
        pools.set(pool, places);
    }

    /// The pool has one place again, as every pool that nobody gave a number.
    ///
    /// @throws dev.leat.task.Refusal.NotFound where it was given none
    public void removePool(String pool) {
        pools.remove(pool);
    }

    /// How many runs wait for a node or for their turn, as far as this node has heard.
    public long waiting() {
        return dispatcher.waiting();
    }

    private Optional<Run> replayed(Definition definition, StartRun request, String payload) {
        var key = request.idempotencyKey();
        if (key == null) {
            return Optional.empty();
        }
        var earlier = runs.withIdempotencyKey(definition.plan().workflow().qualifiedId(), key);
        if (earlier.isPresent() && !payload.equals(earlier.get().payloadHash)) {
            throw new Refusal.Invalid(
                    "The idempotency key '"
                            + key
                            + "' was used for run "
                            + Ids.text(earlier.get().id)
                            + " with another workflow text or other inputs.",
                    List.of());
        }
        return earlier;
    }

    private static void refusePriority(int priority) {
        if (Math.abs((long) priority) > MOST_PRIORITY) {
            throw new Refusal.Invalid(
                    "A run's priority is from -%d to %d.".formatted(MOST_PRIORITY, MOST_PRIORITY),
                    List.of());
        }
    }

    private void refuseWhenFull() {
        if (membership.draining() || executor.stopping()) {
            throw new Refusal.Unavailable(
                    "The server is stopping and takes no more runs.", Duration.ofSeconds(10));
        }
        if (!membership.holds()) {
            throw new Refusal.Unavailable(
                    "This node has lost its lease, and isn't back yet.", Duration.ofSeconds(5));
        }
        var unfinished = executor.unfinished() + dispatcher.waiting();
        if (unfinished >= config.maxUnfinishedRuns()) {
            throw new Refusal.Unavailable(
                    "There are "
                            + unfinished
                            + " unfinished runs, and no more are taken (leat.engine.max-unfinished-runs).",
                    Duration.ofSeconds(5));
        }
    }

    private void makeRoom(long run, String why) {
        try {
            cancel(run, new Request("leat", null, why), null);
        } catch (Refusal.Unavailable later) {
            executor.later(
                    later.retryAfter(), () -> Thread.startVirtualThread(() -> makeRoom(run, why)));
        } catch (Refusal endedMeanwhile) {
            // What it was to make room for is there already.
        }
    }

    private boolean carried(long run) {
        return executor.find(run).isPresent();
    }

    private Run existing(long run) {
        return runs.run(run)
                .orElseThrow(() -> new Refusal.NotFound("There is no run " + Ids.text(run) + "."));
    }

    /// @param workflow qualified id of a stored workflow, with `definition` null; or null
    /// @param definition a text to run once, which doesn't become the workflow's current revision;
    /// or null
    /// @param revision number; 0 for the current one
    /// @param trigger `api`, `dashboard`, `cli`, …
    /// @param priority larger goes first where runs wait; 0 is ordinary
    /// @param along given the run's id, what is written together with it or not at all; null for
    /// nothing
    public record StartRun(
            @Nullable String workflow,
            @Nullable Source definition,
            int revision,
            Map<String, @Nullable Object> inputs,
            Map<String, String> labels,
            String trigger,
            Map<String, @Nullable Object> triggerFacts,
            @Nullable String startedBy,
            @Nullable String idempotencyKey,
            int priority,
            @Nullable LongFunction<List<Change>> along) {

        public StartRun(
                @Nullable String workflow,
                @Nullable Source definition,
                int revision,
                Map<String, @Nullable Object> inputs,
                Map<String, String> labels,
                String trigger,
                Map<String, @Nullable Object> triggerFacts,
                @Nullable String startedBy,
                @Nullable String idempotencyKey,
                int priority) {
            this(
                    workflow,
                    definition,
                    revision,
                    inputs,
                    labels,
                    trigger,
                    triggerFacts,
                    startedBy,
                    idempotencyKey,
                    priority,
                    null);
        }

        public StartRun(
                @Nullable String workflow,
                @Nullable Source definition,
                int revision,
                Map<String, @Nullable Object> inputs,
                Map<String, String> labels,
                String trigger,
                Map<String, @Nullable Object> triggerFacts,
                @Nullable String startedBy,
                @Nullable String idempotencyKey) {
            this(
                    workflow,
                    definition,
                    revision,
                    inputs,
                    labels,
                    trigger,
                    triggerFacts,
                    startedBy,
                    idempotencyKey,
                    0);
        }
    }

    /// @param run its id
    /// @param replayed whether an earlier request with the same idempotency key had started it
    public record Started(long run, boolean replayed) {}

    /// @param inputs with the schema's defaults
    public record Prepared(Plan plan, Map<String, @Nullable Object> inputs) {}

    /// @param expectedId refuse any other id in the text, as for a PUT; null takes the text's
    /// @param expectedRevision refuse unless this is the newest number, so that nobody's edit is
    /// lost; 0 for any
    /// @param message why, for the list of revisions; null for nothing said
    public record SaveWorkflow(
            Source source,
            @Nullable String expectedId,
            int expectedRevision,
            String origin,
            @Nullable String author,
            @Nullable String message) {

        private static final int LONGEST_MESSAGE = 1_000;

        public SaveWorkflow {
            var said = message == null ? "" : message.strip();
            if (said.length() > LONGEST_MESSAGE) {
                throw new Refusal.Invalid(
                        "The message has %,d characters; %,d are allowed."
                                .formatted(said.length(), LONGEST_MESSAGE),
                        List.of());
            }
            message = said.isEmpty() ? null : said;
        }

        public SaveWorkflow(
                Source source,
                @Nullable String expectedId,
                int expectedRevision,
                String origin,
                @Nullable String author) {
            this(source, expectedId, expectedRevision, origin, author, null);
        }
    }

    /// @param created whether a revision was stored; false where the text was the current one
    /// already
    public record Saved(Revision revision, WorkflowLoader.Loaded loaded, boolean created) {}

    /// What a run is to be made of.
    ///
    /// @param unsaved the revision, where it goes to disk together with the run
    /// @param assumed whether it was the current one a while ago, and a run of it may be stored
    /// only if it still is
    record Definition(
            Plan plan,
            long revision,
            int number,
            String hash,
            Optional<RevisionSaved> unsaved,
            boolean assumed) {

        static Definition stored(Plan plan, long revision, int number, String hash) {
            return new Definition(plan, revision, number, hash, Optional.empty(), false);
        }
    }
}
