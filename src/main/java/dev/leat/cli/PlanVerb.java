package dev.leat.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.report.DryRuns;
import dev.leat.engine.report.PlanReport;
import dev.leat.engine.report.PlanReport.Phase;
import dev.leat.engine.report.PlanReport.PlannedTask;
import dev.leat.store.Json;
import dev.leat.task.Refusal;
import dev.leat.workflow.Workflow;
import dev.leat.workflow.WorkflowLoader.Source;
import jakarta.enterprise.context.Dependent;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `leat plan`.
@Dependent
class PlanVerb {

    private final MainOrchestrator orchestrator;
    private final DryRuns plans;
    private final ObjectMapper mapper;
    private final PrintStream out = System.out;

    PlanVerb(MainOrchestrator orchestrator, DryRuns plans, ObjectMapper mapper) {
        this.orchestrator = orchestrator;
        this.plans = plans;
        this.mapper = mapper;
    }

    int perform(PlanCommand command) throws JsonProcessingException {
        try {
            var source = Sources.workflow(command.file);
            var workflow = checked(command, source);
            if (workflow == null) {
                return refused(command.file + " has errors.");
            }
            var plan = plans.of(workflow, inputs(command, workflow));
            if (command.json) {
                out.println(Json.writePretty(Json.read(mapper.writeValueAsString(plan))));
            } else {
                print(plan);
            }
            return Exit.SUCCESS;
        } catch (Sources.Unreadable e) {
            return refused(e.sentence());
        } catch (Refusal e) {
            return refused(e.sentence());
        }
    }

    private @Nullable Workflow checked(PlanCommand command, Source source) {
        var loaded = orchestrator.check(source);
        if (loaded.hasErrors() || !command.json) {
            new ProblemPrinter(System.err).print(command.file, source.text(), loaded.problems());
        }
        return loaded.hasErrors() ? null : loaded.workflow();
    }

    private static Map<String, @Nullable Object> inputs(PlanCommand command, Workflow workflow) {
        var inputs = new LinkedHashMap<String, @Nullable Object>();
        if (command.inputs != null) {
            inputs.putAll(Sources.inputs(command.inputs));
        }
        inputs.putAll(InputArguments.typed(workflow.inputs(), command.input));
        return inputs;
    }

    private static int refused(String sentence) {
        System.err.println("leat: " + sentence);
        return Exit.REFUSED;
    }

    private void print(PlanReport plan) {
        out.printf(
                "%s would take %s%n",
                plan.workflow(), Range.between(plan.earliest(), plan.latest()));
        if (!plan.unbounded().isEmpty()) {
            out.println("no bound of their own: " + String.join(", ", plan.unbounded()));
        }
        plan.vars().forEach((name, value) -> out.println("vars." + name + " = " + text(value)));
        plan.phases().forEach(this::print);
        plan.notes().forEach(note -> out.println("note: " + note));
    }

    private void print(Phase phase) {
        int number = 0;
        for (var wave : phase.waves()) {
            out.printf("%n%s, wave %d%n", phase.name(), ++number);
            var rows = new ArrayList<List<String>>();
            rows.add(List.of("TASK", "TYPE", "STATE", "TIME"));
            wave.forEach(task -> rows.add(row(task)));
            new Table(rows).print(out);
            wave.forEach(this::printParameters);
        }
    }

    private static List<String> row(PlannedTask task) {
        var state = task.why() == null ? task.state() : task.state() + ": " + task.why();
        return List.of(
                task.id(), task.type(), state, Range.between(task.earliest(), task.latest()));
    }

    private void printParameters(PlannedTask task) {
        if (task.with() instanceof Map<?, ?> with && !with.isEmpty()) {
            var after =
                    task.knownAfter().isEmpty()
                            ? ""
                            : "  (known after " + String.join(", ", task.knownAfter()) + ")";
            out.println("  " + task.id() + after);
            with.forEach((key, value) -> out.println("    " + key + ": " + text(value)));
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text && text.indexOf('\n') < 0 ? text : Json.write(value);
    }

    private static final class Range {

        private Range() {}

        static String between(String earliest, @Nullable String latest) {
            if (latest == null) {
                return earliest + " or more, unbounded";
            }
            return earliest.equals(latest) ? earliest : earliest + " to " + latest;
        }
    }
}
