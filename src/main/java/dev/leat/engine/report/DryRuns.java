package dev.leat.engine.report;

import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.workflow.Inputs;
import dev.leat.workflow.Plan;
import dev.leat.workflow.Workflow;
import dev.leat.workflow.WorkflowResolver;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Says what a run would do. Nothing is stored and nothing starts.
@ApplicationScoped
public class DryRuns {

    private final MainOrchestrator orchestrator;
    private final WorkflowResolver resolver;
    private final Inputs inputs;
    private final InstantSource clock;

    DryRuns(
            MainOrchestrator orchestrator,
            WorkflowResolver resolver,
            Inputs inputs,
            InstantSource clock) {
        this.orchestrator = orchestrator;
        this.resolver = resolver;
        this.inputs = inputs;
        this.clock = clock;
    }

    /// @throws dev.leat.task.Refusal as the start would
    public PlanReport of(StartRun request) {
        var start = orchestrator.prepared(request);
        return report(start.plan(), start.inputs(), clock.instant());
    }

    /// The same of a checked workflow, without a database.
    ///
    /// @throws dev.leat.task.Refusal.Invalid where the inputs don't fit
    public PlanReport of(Workflow workflow, Map<String, @Nullable Object> given) {
        var accepted = inputs.accept(workflow, given);
        return report(resolver.resolve(workflow), accepted, clock.instant());
    }

    static PlanReport report(Plan plan, Map<String, @Nullable Object> inputs, Instant now) {
        var workflow = plan.workflow();
        var known = new Known(workflow, inputs);
        var tasks = new PlannedPhase("tasks", plan.tasks(), known, now, null);
        var handlers =
                new PlannedPhase(
                        "onFailure", plan.onFailure(), known, now, "on whether the run fails");
        var last = new PlannedPhase("finally", plan.last(), known, now, null);
        var phases = List.of(tasks, handlers, last);
        var reports =
                phases.stream()
                        .map(PlannedPhase::report)
                        .filter(phase -> !phase.waves().isEmpty())
                        .toList();
        double most =
                workflow.timeout() == null
                        ? Double.POSITIVE_INFINITY
                        : workflow.timeout().toMillis();
        var main = tasks.span();
        double after = handlers.span().latest() + last.span().latest();
        var notes = new ArrayList<>(known.notes());
        phases.forEach(phase -> notes.addAll(phase.notes()));
        return new PlanReport(
                workflow.qualifiedId(),
                inputs,
                known.vars(),
                reports,
                Objects.requireNonNull(
                        TaskSpan.text(Math.min(main.earliest(), most) + last.span().earliest())),
                TaskSpan.text(Math.min(main.latest(), most) + after),
                phases.stream()
                        // The workflow's timeout bounds its tasks, not what comes after them.
                        .filter(phase -> phase != tasks || workflow.timeout() == null)
                        .flatMap(phase -> phase.unbounded().stream())
                        .toList(),
                List.copyOf(notes));
    }
}
