package dev.leat.engine.report;

import dev.leat.engine.report.PlanReport.Phase;
import dev.leat.engine.report.PlanReport.PlannedTask;
import dev.leat.workflow.TaskGraph;
import dev.leat.workflow.expression.ExpressionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// One graph of a plan: its waves, and how long it takes on its critical path.
final class PlannedPhase {

    private final String name;
    private final TaskGraph graph;
    private final Known known;
    private final Fates fates;
    private final @Nullable String onlyIf;
    private final TaskSpan[] spans;
    private final List<String> notes = new ArrayList<>();

    /// @param onlyIf when the phase happens at all; null for always
    PlannedPhase(String name, TaskGraph graph, Known known, Instant now, @Nullable String onlyIf) {
        this.name = name;
        this.graph = graph;
        this.known = known;
        this.onlyIf = onlyIf;
        this.fates = new Fates(graph, known);
        this.spans = new TaskSpan[graph.size()];
        Arrays.setAll(spans, number -> span(number, now));
    }

    private TaskSpan span(int number, Instant now) {
        if (state(number).equals(Fates.SKIPPED)) {
            return TaskSpan.NOTHING;
        }
        var span = TaskSpan.of(graph.task(number), known, now);
        return state(number).equals(Fates.DEPENDS) ? span.perhaps() : span;
    }

    private String state(int number) {
        var state = fates.state(number);
        return onlyIf != null && state.equals(Fates.RUNS) ? Fates.DEPENDS : state;
    }

    /// The first and last moment at which all of it has ended.
    TaskSpan span() {
        var earliest = new double[graph.size()];
        var latest = new double[graph.size()];
        for (int number : graph.order()) {
            var before = graph.dependencies(number);
            earliest[number] = spans[number].earliest() + start(number, before, earliest);
            latest[number] =
                    spans[number].latest()
                            + Arrays.stream(before).mapToDouble(at -> latest[at]).max().orElse(0);
        }
        return new TaskSpan(
                DoubleStream.of(earliest).max().orElse(0), DoubleStream.of(latest).max().orElse(0));
    }

    private double start(int number, int[] before, double[] ends) {
        var times = Arrays.stream(before).mapToDouble(at -> ends[at]);
        return switch (graph.task(number).triggerRule()) {
            case ALWAYS -> 0;
            case ONE_SUCCESS, ONE_FAILED -> times.min().orElse(0);
            default -> times.max().orElse(0);
        };
    }

    List<String> unbounded() {
        return Arrays.stream(graph.order())
                .filter(number -> Double.isInfinite(spans[number].latest()))
                .mapToObj(number -> graph.task(number).id())
                .toList();
    }

    List<String> notes() {
        return notes;
    }

    Phase report() {
        var depth = new int[graph.size()];
        var waves = new ArrayList<List<PlannedTask>>();
        for (int number : graph.order()) {
            depth[number] =
                    Arrays.stream(graph.dependencies(number))
                            .map(at -> depth[at] + 1)
                            .max()
                            .orElse(0);
            if (depth[number] == waves.size()) {
                waves.add(new ArrayList<>());
            }
            waves.get(depth[number]).add(task(number));
        }
        return new Phase(name, waves);
    }

    private PlannedTask task(int number) {
        var task = graph.task(number);
        var missing = known.missing(task.with());
        var with = task.with().source();
        if (!state(number).equals(Fates.SKIPPED)) {
            try {
                with = known.partly(task.with());
            } catch (ExpressionException failure) {
                notes.add(task.id() + ": " + failure.getMessage());
            }
        }
        var why = fates.why(number);
        return new PlannedTask(
                task.id(),
                task.type(),
                state(number),
                why == null ? onlyIf : why,
                String.valueOf(TaskSpan.text(spans[number].earliest())),
                TaskSpan.text(spans[number].latest()),
                with,
                missing);
    }
}
