package dev.leat.engine;

import dev.leat.engine.MainOrchestrator.Definition;
import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.store.Change;
import dev.leat.store.Journal;
import dev.leat.store.RunState;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts a new run on disk: under way together with its first tasks, or in line behind others of its
// workflow.
@ApplicationScoped
class RunOpening {

    private final WorkflowExecutor executor;
    private final StoredRuns stored;
    private final Journal journal;
    private final InstantSource clock;

    RunOpening(WorkflowExecutor executor, StoredRuns stored, Journal journal, InstantSource clock) {
        this.executor = executor;
        this.stored = stored;
        this.journal = journal;
        this.clock = clock;
    }

    /// What a run starts with.
    ///
    /// @param inputs accepted, with their defaults
    /// @param payload tells a replay from another request under the same idempotency key
    record Opening(
            long run,
            Definition definition,
            StartRun request,
            Map<String, @Nullable Object> inputs,
            String payload) {}

    /// Returns once the run is on disk.
    ///
    /// @return runs that are to make room for it
    /// @throws Refusal.Conflict where the idempotency key is taken, or the workflow's `concurrency`
    // says to skip the run
    List<Long> open(Opening opening) {
        var plan = opening.definition().plan();
        return switch (executor.admit(plan, opening.run())) {
            case Admission.Answer.Start _ -> {
                start(opening);
                yield List.of();
            }
            case Admission.Answer.Skip(var reason) ->
                    throw new Refusal.Conflict("Not started: " + reason + ".");
            case Admission.Answer.Queue(var reason) -> {
                queue(opening, reason);
                yield List.of();
            }
            case Admission.Answer.CancelRunning(var others, var reason) -> {
                queue(opening, reason);
                yield others;
            }
        };
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
        var trigger = new LinkedHashMap<String, @Nullable Object>(request.triggerFacts());
        trigger.put("kind", request.trigger());
        var context = new RunContext(plan.workflow(), opening.inputs(), trigger, facts);
        var run = new RunFacts(opening.run(), plan.workflow().qualifiedId(), 0);
        Writes.await(
                executor.execute(plan, context, run, changes(opening, null)),
                () -> executor.leave(plan, opening.run()));
    }

    private void queue(Opening opening, String reason) {
        Writes.await(
                journal.write(changes(opening, reason)),
                () -> executor.leave(opening.definition().plan(), opening.run()));
    }

    private List<Change> changes(Opening opening, @Nullable String reason) {
        var request = opening.request();
        var plan = opening.definition().plan();
        var changes = new ArrayList<Change>();
        opening.definition().unsaved().ifPresent(changes::add);
        changes.add(
                new Change.RunOpened(
                        opening.run(),
                        plan.workflow().qualifiedId(),
                        opening.definition().revision(),
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
                        clock.instant(),
                        1));
        return changes;
    }
}
