package dev.leat.engine;

import dev.leat.engine.MainOrchestrator.Definition;
import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.store.Operation;
import dev.leat.store.Run;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.task.Problem;
import dev.leat.task.Refusal;
import dev.leat.task.TaskError;
import dev.leat.workflow.Inputs;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Starts runs for tasks of other runs. Parent and child know each other: the child's trigger names
/// the parent's run and task, and the parent's task names the child.
@ApplicationScoped
class Subflows implements Children {

    /// A workflow that starts itself without end is stopped here.
    private static final int DEEPEST = 32;

    static final String TRIGGER = "subflow";

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
        if (parent.depth() >= DEEPEST) {
            return Outcome.failed(
                    TaskError.permanent(
                            "subflow.depth",
                            "there are %d runs above this one already; does a workflow start itself?"
                                    .formatted(DEEPEST)));
        }
        try {
            var definition = definition(parent, child);
            inputs.accept(definition.plan().workflow(), child.inputs());
            var run = Ids.text(ids.next());
            var pinned =
                    new Awaited.Run(
                            definition.plan().workflow().qualifiedId(),
                            definition.number(),
                            child.inputs(),
                            child.labels(),
                            run);
            return new Outcome.Awaiting(
                    pinned,
                    "waits for run %s of '%s', revision %d"
                            .formatted(run, pinned.workflow(), pinned.revision()),
                    waiting.until(),
                    waiting.late());
        } catch (Refusal.NotFound unknown) {
            return Outcome.failed(TaskError.permanent("subflow.not-found", unknown.sentence()));
        } catch (Refusal.Invalid refused) {
            return Outcome.failed(TaskError.permanent("subflow.inputs", sentence(refused)));
        }
    }

    /// An id without a namespace is looked for in the parent's first.
    private Definition definition(Parent parent, Awaited.Run child) {
        var namespace = parent.workflow().lastIndexOf('.');
        if (namespace > 0 && child.workflow().indexOf('.') < 0) {
            var near = parent.workflow().substring(0, namespace + 1) + child.workflow();
            try {
                return pinned(parent, child, near);
            } catch (Refusal.NotFound elsewhere) {
                // In the default namespace, then.
            }
        }
        return pinned(parent, child, child.workflow());
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
                var error = TaskError.transientFailure("subflow.refused", sentence(refused));
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
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("run", Ids.text(parent.run()));
        facts.put("task", parent.task());
        facts.put("workflow", parent.workflow());
        facts.put("depth", (long) parent.depth() + 1);
        return new StartRun(
                child.workflow(),
                null,
                revision,
                child.inputs(),
                child.labels(),
                TRIGGER,
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
        var id = Ids.text(run.id);
        if (run.state == RunState.SUCCESS) {
            Object outputs = run.outputs == null ? Map.of() : Json.read(run.outputs);
            return new Answers.Given(Outcome.succeeded(outputs), "run " + id + " succeeded");
        }
        var error = run.error == null ? Map.<String, Object>of() : Json.readObject(run.error);
        var message = error.get("message");
        var state = run.state.name().toLowerCase(Locale.ROOT).replace('_', '-');
        var sentence =
                "run %s of '%s' ended %s%s"
                        .formatted(
                                id, run.workflow, run.state, message == null ? "" : ": " + message);
        var failure =
                new TaskError(
                        "subflow." + state,
                        sentence,
                        run.state != RunState.CANCELLED,
                        null,
                        details(run, error),
                        List.of());
        return new Answers.Given(Outcome.failed(failure), sentence);
    }

    private static Map<String, @Nullable Object> details(Run run, Map<String, ?> error) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("run", Ids.text(run.id));
        details.put("workflow", run.workflow);
        details.put("state", run.state.name());
        details.put("code", error.get("code"));
        details.put("task", error.get("task"));
        return details;
    }

    @Override
    public void stop(String run, String why) {
        try {
            var request = new Request(TRIGGER, null, why);
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

    private static String sentence(Refusal refusal) {
        if (refusal instanceof Refusal.Invalid invalid && !invalid.problems().isEmpty()) {
            return refusal.sentence()
                    + " "
                    + invalid.problems().stream()
                            .filter(Problem::isError)
                            .map(problem -> problem.pointer() + ": " + problem.message())
                            .collect(Collectors.joining("; "));
        }
        return refusal.sentence();
    }
}
