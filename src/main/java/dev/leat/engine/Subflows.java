package dev.leat.engine;

import dev.leat.engine.MainOrchestrator.Definition;
import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.store.Operation;
import dev.leat.store.Run;
import dev.leat.store.RunStore;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.task.Refusal;
import dev.leat.task.TaskError;
import dev.leat.workflow.Inputs;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Starts runs for tasks of other runs. Parent and child know each other: the child's trigger names
/// the parent's run and task, and the parent's task names the child.
@ApplicationScoped
class Subflows implements Children {

    private final Definitions definitions;
    private final Inputs inputs;
    private final RunOpening opening;
    private final WorkflowExecutor executor;
    private final Cancellations cancellations;
    private final AwaitedRuns awaited;
    private final RunStore runs;
    private final Ids ids;
    private final InstantSource clock;

    Subflows(
            Definitions definitions,
            Inputs inputs,
            RunOpening opening,
            WorkflowExecutor executor,
            Cancellations cancellations,
            AwaitedRuns awaited,
            RunStore runs,
            Ids ids,
            InstantSource clock) {
        this.definitions = definitions;
        this.inputs = inputs;
        this.opening = opening;
        this.executor = executor;
        this.cancellations = cancellations;
        this.awaited = awaited;
        this.runs = runs;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Outcome prepare(Parent parent, Outcome.Awaiting waiting, Awaited.Run child) {
        if (SubflowRules.tooDeep(parent.depth())) {
            return SubflowRules.refusedAsTooDeep();
        }
        try {
            var definition = definition(parent, child);
            inputs.accept(definition.plan().workflow(), child.inputs());
            return SubflowRules.pinned(
                    waiting,
                    child,
                    definition.plan().workflow().qualifiedId(),
                    definition.number(),
                    Ids.text(ids.next()));
        } catch (Refusal.NotFound unknown) {
            return Outcome.failed(TaskError.permanent("subflow.not-found", unknown.sentence()));
        } catch (Refusal.Invalid refused) {
            return SubflowRules.refused(refused);
        }
    }

    private Definition definition(Parent parent, Awaited.Run child) {
        var candidates = SubflowRules.candidates(parent.workflow(), child.workflow());
        try {
            return pinned(parent, child, candidates.getFirst());
        } catch (Refusal.NotFound unknown) {
            if (candidates.size() == 1) {
                throw unknown;
            }
            return pinned(parent, child, candidates.getLast());
        }
    }

    /// All children of one run are of the same revision of their workflow, whatever is saved
    /// meanwhile.
    private Definition pinned(Parent parent, Awaited.Run child, String workflow) {
        var revision = child.revision();
        if (revision == 0) {
            revision =
                    executor.find(parent.run())
                            .map(run -> run.waits().revisionOfChildren(workflow))
                            .filter(known -> known > 0)
                            .or(() -> runs.revisionOfChild(parent.run(), by(parent), workflow))
                            .orElse(0);
        }
        var found = find(parent, child, workflow, revision);
        if (revision != 0) {
            return found;
        }
        // Another child may be prepared just now, and what is current may have changed between.
        int first =
                executor.find(parent.run())
                        .map(run -> run.waits().pinRevisionOfChildren(workflow, found.number()))
                        .orElse(found.number());
        return first == found.number() ? found : find(parent, child, workflow, first);
    }

    private Definition find(Parent parent, Awaited.Run child, String workflow, int revision) {
        var named = new Awaited.Run(workflow, revision, child.inputs(), child.labels(), null);
        return definitions.find(request(named, parent, revision));
    }

    @Override
    public CompletableFuture<Answers.Given> whenEnded(Parent parent, Awaited.Run child) {
        var run = Ids.parse(String.valueOf(child.run()));
        if (runs.state(run).isEmpty()) {
            try {
                start(parent, child, run);
            } catch (Refusal.Unavailable away) {
                throw away;
            } catch (Refusal refused) {
                var error =
                        TaskError.transientFailure(
                                "subflow.refused", SubflowRules.sentence(refused));
                return CompletableFuture.completedFuture(
                        new Answers.Given(Outcome.failed(error), error.message()));
            }
        }
        return awaited.whenEnded(run, id -> executor.find(id).isPresent())
                .thenApplyAsync(state -> given(run), executor.threads());
    }

    private void start(Parent parent, Awaited.Run child, long run) {
        var request = request(child, parent, child.revision());
        var definition = definitions.find(request);
        var accepted = inputs.accept(definition.plan().workflow(), child.inputs());
        var payload = Payload.hash(definition.hash(), accepted);
        var replaced =
                opening.open(
                        new RunOpening.Opening(run, definition, request, accepted, payload, null));
        replaced.forEach(other -> stop(Ids.text(other), "replaced by run " + child.run()));
    }

    private static StartRun request(Awaited.Run child, Parent parent, int revision) {
        var facts =
                SubflowRules.trigger(
                        Ids.text(parent.run()), parent.task(), parent.workflow(), parent.depth());
        return new StartRun(
                child.workflow(),
                null,
                revision,
                child.inputs(),
                child.labels(),
                SubflowRules.TRIGGER,
                facts,
                by(parent),
                null);
    }

    private static String by(Parent parent) {
        return "run " + Ids.text(parent.run());
    }

    private Answers.Given given(long run) {
        return runs.run(run)
                .map(Subflows::given)
                .orElseGet(
                        () -> {
                            var error =
                                    TaskError.transientFailure(
                                            "subflow.lost",
                                            "run " + Ids.text(run) + " doesn't exist any more");
                            return new Answers.Given(Outcome.failed(error), error.message());
                        });
    }

    private static Answers.Given given(Run run) {
        return SubflowRules.given(
                Ids.text(run.id),
                run.workflow,
                run.state,
                run.outputs == null ? Map.of() : Json.read(run.outputs),
                run.error == null ? Map.of() : Json.readObject(run.error));
    }

    @Override
    public void stop(String run, String why) {
        try {
            var request = new Request(SubflowRules.TRIGGER, null, why);
            var cancel =
                    request.operation(
                            ids.next(),
                            Ids.parse(run),
                            Operation.Action.CANCEL,
                            null,
                            Map.of(),
                            clock.instant());
            cancellations.cancel(cancel, null);
        } catch (Refusal.NotFound | Refusal.Conflict endedOrNeverStarted) {
            // That is what was wanted.
        }
    }
}
