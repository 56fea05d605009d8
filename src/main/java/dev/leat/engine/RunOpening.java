package dev.leat.engine;

import dev.leat.engine.MainOrchestrator.Definition;
import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.Locks;
import dev.leat.store.RunLogs;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.task.Refusal;
import dev.leat.workflow.Workflow.OnConflict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts a new run on disk: under way together with its first tasks, or in line behind others of
/// its workflow.
@ApplicationScoped
class RunOpening {

    private static final int MOST_REPLACED = 1_000;

    private final WorkflowExecutor executor;
    private final Dispatcher dispatcher;
    private final StoredRuns stored;
    private final RunStore runs;
    private final Locks locks;
    private final Journal journal;
    private final RunLogs logs;
    private final EngineConfig config;
    private final InstantSource clock;

    RunOpening(
            WorkflowExecutor executor,
            Dispatcher dispatcher,
            StoredRuns stored,
            RunStore runs,
            Locks locks,
            Journal journal,
            RunLogs logs,
            EngineConfig config,
            InstantSource clock) {
        this.executor = executor;
        this.dispatcher = dispatcher;
        this.stored = stored;
        this.runs = runs;
        this.locks = locks;
        this.journal = journal;
        this.logs = logs;
        this.config = config;
        this.clock = clock;
    }

    /// What a run starts with.
    ///
    /// @param inputs accepted, with their defaults
    /// @param remake how it is made from another run; null where it isn't
    /// @param payload tells a replay from another request under the same idempotency key
    record Opening(
            long run,
            Definition definition,
            StartRun request,
            Map<String, @Nullable Object> inputs,
            String payload,
            @Nullable Remake remake) {

        /// Tasks that have ended already, by id.
        Map<String, StoredRun.StoredTask> kept() {
            return remake == null ? Map.of() : remake.tasks();
        }
    }

    /// Returns once the run is on disk.
    ///
    /// @return runs that are to make room for it: that they are to end is on disk, too, and they
    /// haven't been told
    /// @throws Refusal with nothing stored: a [Refusal.Conflict] where the idempotency key is
    /// taken, or the workflow's `concurrency` says to skip the run
    List<Long> open(Opening opening) {
        if (!limited(opening)) {
            startOrQueue(opening);
            return List.of();
        }
        var workflow = opening.definition().plan().workflow().qualifiedId();
        return locks.within(Line.of(workflow), () -> openInLine(opening, workflow));
    }

    /// A process that does nothing but this run has nobody to wait for.
    private boolean limited(Opening opening) {
        var concurrency = opening.definition().plan().workflow().concurrency();
        return config.resume() && Admission.limits(concurrency);
    }

    private List<Long> openInLine(Opening opening, String workflow) {
        var concurrency = opening.definition().plan().workflow().concurrency();
        var all = concurrency.onConflict() == OnConflict.CANCEL_RUNNING;
        var active = runs.active(workflow, all ? MOST_REPLACED : concurrency.limit());
        var waiting = runs.line(workflow, all ? MOST_REPLACED : 1);
        return switch (Admission.of(concurrency, active, waiting)) {
            case Admission.Answer.Start _ -> {
                startOrQueue(opening);
                yield List.of();
            }
            case Admission.Answer.Skip(var reason) ->
                    throw new Refusal.Conflict("Not started: " + reason + ".");
            case Admission.Answer.Queue(var reason) -> {
                queue(opening, reason, List.of());
                yield List.of();
            }
            case Admission.Answer.CancelRunning(var others, var reason) -> {
                queue(opening, reason, others);
                yield others;
            }
        };
    }

    /// A new run doesn't overtake those that wait for the same.
    private void startOrQueue(Opening opening) {
        if (!config.resume() || isChild(opening) || executor.room() > 0 && !dispatcher.isLine()) {
            start(opening);
        } else {
            queue(
                    opening,
                    "waits until a node has room for it; those before it come first",
                    List.of());
        }
    }

    /// The room that it would wait for may be taken by those who wait for it.
    private static boolean isChild(Opening opening) {
        return opening.request().trigger().equals(SubflowRules.TRIGGER);
    }

    private void start(Opening opening) {
        var plan = opening.definition().plan();
        var request = opening.request();
        var facts =
                stored.facts(
                        opening.run(),
                        plan,
                        opening.definition().number(),
                        request.trigger(),
                        request.labels());
        var trigger = TriggerFacts.seen(request.trigger(), request.triggerFacts());
        var context = new RunContext(plan.workflow(), opening.inputs(), trigger, facts);
        context.largestOutput(config.maxOutputBytes());
        var run = executor.newRun(opening.run(), plan);
        logs.startEmpty(run.id());
        Writes.await(
                executor.execute(plan, context, run, changes(opening, true, null), opening.kept()));
    }

    /// @param replaced are to end, which is on disk together with what takes their place
    private void queue(Opening opening, String reason, List<Long> replaced) {
        var changes = changes(opening, false, reason);
        var now = clock.instant();
        for (long other : replaced) {
            changes.add(new Change.CancelAsked(other, null, replacedBy(opening.run()), now));
        }
        // Counted first: once it is on disk, it may be taken at any moment.
        dispatcher.queueing();
        Writes.await(journal.write(changes), dispatcher::notQueued);
        dispatcher.queued();
    }

    static String replacedBy(long run) {
        return "replaced by run " + Ids.text(run);
    }

    private List<Change> changes(Opening opening, boolean carried, @Nullable String reason) {
        var request = opening.request();
        var plan = opening.definition().plan();
        var remake = opening.remake();
        var now = clock.instant();
        var changes = new ArrayList<Change>();
        opening.definition().unsaved().ifPresent(changes::add);
        changes.add(
                new Change.RunOpened(
                        opening.run(),
                        plan.workflow().qualifiedId(),
                        opening.definition().revision(),
                        opening.definition().number(),
                        RunState.QUEUED,
                        reason,
                        opening.inputs(),
                        request.trigger(),
                        request.triggerFacts(),
                        request.startedBy(),
                        request.labels(),
                        request.idempotencyKey(),
                        opening.payload(),
                        plan.tasks().size(),
                        carried,
                        limited(opening),
                        request.priority(),
                        remake == null ? null : (Long) remake.of(),
                        now,
                        1));
        if (request.along() != null) {
            changes.addAll(request.along().apply(opening.run()));
        }
        if (remake != null) {
            changes.addAll(remake.changes(opening.run(), 1, now));
        }
        if (opening.definition().assumed()) {
            changes.add(
                    new Change.MustBeCurrent(
                            plan.workflow().qualifiedId(), opening.definition().revision()));
        }
        return changes;
    }
}
