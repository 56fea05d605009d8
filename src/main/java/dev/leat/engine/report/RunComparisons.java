package dev.leat.engine.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.leat.engine.report.RunComparison.Difference;
import dev.leat.engine.report.RunComparison.LinePair;
import dev.leat.engine.report.RunComparison.Side;
import dev.leat.engine.report.RunComparison.TaskPair;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.store.Run;
import dev.leat.store.RunLogs;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.WorkflowStore;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Compares two runs.
@ApplicationScoped
public class RunComparisons {

    private static final int CONTEXT_LINES = 3;
    private static final int LINES_COMPARED = 5_000;

    /// Dates with times, and times of day.
    private static final Pattern TIMES =
            Pattern.compile(
                    "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d([.,]\\d+)?)?(Z|[+-]\\d\\d:?\\d\\d)?"
                            + "|\\b\\d\\d:\\d\\d:\\d\\d([.,]\\d+)?\\b");

    private final RunReports reports;
    private final RunStore runs;
    private final RunLogs logs;
    private final WorkflowStore workflows;

    RunComparisons(RunReports reports, RunStore runs, RunLogs logs, WorkflowStore workflows) {
        this.reports = reports;
        this.runs = runs;
        this.logs = logs;
        this.workflows = workflows;
    }

    /// With the last success of the same workflow before it.
    ///
    /// @throws Refusal.NotFound also where there is none
    public RunComparison withLastSuccess(String run) {
        var found = reports.run(run);
        var filter = new RunStore.Filter(found.workflow, RunState.SUCCESS, null, null, null);
        var success =
                runs.latest(filter, found.id, 1).stream()
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new Refusal.NotFound(
                                                "No run of '%s' before this one succeeded; name the run to compare with."
                                                        .formatted(found.workflow)));
        return compare(Ids.text(success.id), run);
    }

    /// @throws Refusal.NotFound
    public RunComparison compare(String one, String other) {
        var runOne = reports.run(one);
        var runOther = reports.run(other);
        var reportOne = reports.report(one);
        var reportOther = reports.report(other);
        return new RunComparison(
                side(reportOne),
                side(reportOther),
                ValueDifferences.of(reportOne.inputs(), reportOther.inputs()),
                definition(runOne, runOther),
                tasks(runOne, reportOne, runOther, reportOther),
                ValueDifferences.of(orEmpty(reportOne.outputs()), orEmpty(reportOther.outputs())));
    }

    private static Map<String, @Nullable Object> orEmpty(
            @Nullable Map<String, @Nullable Object> values) {
        return values == null ? Map.of() : values;
    }

    private static Side side(RunReport report) {
        return new Side(
                report.id(),
                report.workflow(),
                report.revision(),
                report.state(),
                report.durationMillis());
    }

    private List<String> definition(Run one, Run other) {
        if (one.revision == other.revision) {
            return List.of();
        }
        var before = source(one);
        var patch = DiffUtils.diff(before, source(other));
        return UnifiedDiffUtils.generateUnifiedDiff(
                name(one), name(other), before, patch, CONTEXT_LINES);
    }

    private List<String> source(Run run) {
        return workflows
                .revision(run.revision)
                .map(revision -> revision.source.lines().toList())
                .orElse(List.of());
    }

    private static String name(Run run) {
        return "%s, revision %d".formatted(run.workflow, run.revisionNumber);
    }

    private List<TaskPair> tasks(Run one, RunReport first, Run other, RunReport second) {
        var left = byId(first);
        var right = byId(second);
        var all = new LinkedHashMap<>(left);
        right.forEach(all::putIfAbsent);
        var outputsOne = runs.outputs(one.id);
        var outputsOther = runs.outputs(other.id);
        var pairs = new ArrayList<TaskPair>();
        for (var id : all.keySet()) {
            var a = left.get(id);
            var b = right.get(id);
            pairs.add(
                    new TaskPair(
                            id,
                            a == null ? null : a.state(),
                            b == null ? null : b.state(),
                            a == null ? null : a.durationMillis(),
                            b == null ? null : b.durationMillis(),
                            longer(a, b),
                            output(outputsOne.get(id), outputsOther.get(id)),
                            line(one.id, a, other.id, b)));
        }
        return pairs;
    }

    private static Map<String, TaskReport> byId(RunReport report) {
        var tasks = new LinkedHashMap<String, TaskReport>();
        report.tasks().forEach(task -> tasks.put(task.id(), task));
        return tasks;
    }

    private static @Nullable Long longer(@Nullable TaskReport one, @Nullable TaskReport other) {
        return one == null
                        || other == null
                        || one.durationMillis() == null
                        || other.durationMillis() == null
                ? null
                : (Long) (other.durationMillis() - one.durationMillis());
    }

    private static List<Difference> output(@Nullable String one, @Nullable String other) {
        if (Objects.equals(one, other)) {
            return List.of();
        }
        if (one == null || other == null) {
            return List.of(
                    new Difference(
                            "",
                            one == null ? "added" : "removed",
                            one == null ? null : Json.readToShow(one),
                            other == null ? null : Json.readToShow(other)));
        }
        return ValueDifferences.of(Json.readToShow(one), Json.readToShow(other));
    }

    /// Only where both ran: a task that is kept from another run wrote nothing here.
    private @Nullable LinePair line(
            long one, @Nullable TaskReport first, long other, @Nullable TaskReport second) {
        if (first == null || second == null || first.attempt() == 0 || second.attempt() == 0) {
            return null;
        }
        var a = logs.read(one, first.id(), first.attempt(), 0, LINES_COMPARED);
        var b = logs.read(other, second.id(), second.attempt(), 0, LINES_COMPARED);
        for (int at = 0; at < Math.max(a.size(), b.size()); at++) {
            var left = at < a.size() ? a.get(at).text() : null;
            var right = at < b.size() ? b.get(at).text() : null;
            if (!Objects.equals(timeless(left), timeless(right))) {
                return new LinePair(at + 1, left, right);
            }
        }
        return null;
    }

    private static @Nullable String timeless(@Nullable String text) {
        return text == null ? null : TIMES.matcher(text).replaceAll("…");
    }
}
