package dev.leat.dashboard;

import dev.leat.dashboard.Failure.Reason;
import dev.leat.engine.report.NodeReports;
import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.RunReports;
import dev.leat.engine.report.TaskReport;
import dev.leat.store.Membership;
import dev.leat.store.Run;
import dev.leat.store.RunHistory;
import dev.leat.store.RunLogs;
import dev.leat.store.TaskState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts together what the head of every page of a run shows.
@ApplicationScoped
class Runs {

    private static final int LINES_OF_A_FAILURE = 20;
    private static final int WAITING_SHOWN = 6;

    private final RunReports reports;
    private final NodeReports nodes;
    private final Membership membership;
    private final RunLogs logs;
    private final InstantSource clock;

    Runs(
            RunReports reports,
            NodeReports nodes,
            Membership membership,
            RunLogs logs,
            InstantSource clock) {
        this.reports = reports;
        this.nodes = nodes;
        this.membership = membership;
        this.logs = logs;
        this.clock = clock;
    }

    /// @throws dev.leat.task.Refusal.NotFound
    RunPage page(String id) {
        return page(reports.history(id));
    }

    private RunPage page(RunHistory history) {
        var run = history.run();
        var report = reports.withReruns(reports.report(history));
        return new RunPage(
                report,
                run.id,
                run.revision,
                run.lastSeq,
                node(report),
                progress(report),
                failure(run, report),
                waiting(report),
                clock.instant());
    }

    private String node(RunReport report) {
        return report.node() == null || membership.peers() == 0 ? "" : nodes.name(report.node());
    }

    /// Once the run has ended, handlers that weren't needed no longer count as something to come.
    private static Progress progress(RunReport report) {
        var counts = new EnumMap<TaskState, Integer>(TaskState.class);
        counts.putAll(report.taskCounts());
        if (report.state().terminal()) {
            counts.remove(TaskState.PENDING);
        }
        return Progress.of(counts, counts.values().stream().mapToInt(count -> count).sum());
    }

    private @Nullable Failure failure(Run run, RunReport report) {
        var failed = Failure.first(report);
        if (failed.isPresent()) {
            var task = failed.get();
            var lines = logs.tail(run.id, task.id(), task.attempt(), LINES_OF_A_FAILURE);
            return new Failure(
                    task,
                    task.attempt(),
                    Math.max(task.maxAttempts(), task.attempt()),
                    reason(report, task),
                    LogLine.all(lines),
                    others(report));
        }
        return report.error() == null
                ? null
                : new Failure(null, 0, 0, Reason.of(report.error()), List.of(), 0);
    }

    private static Reason reason(RunReport report, TaskReport task) {
        if (task.error() != null) {
            return Reason.of(task.error());
        }
        if (report.error() != null) {
            return Reason.of(report.error());
        }
        return Reason.of(Map.of("message", task.reason() == null ? "" : task.reason()));
    }

    private static int others(RunReport report) {
        return Math.toIntExact(
                report.tasks().stream().filter(task -> task.state().failure()).count() - 1);
    }

    /// What holds the run up at this moment.
    private static List<TaskReport> waiting(RunReport report) {
        if (report.state().terminal()) {
            return List.of();
        }
        return report.tasks().stream()
                .filter(
                        task ->
                                task.state() == TaskState.RETRYING
                                        || task.state() == TaskState.WAITING)
                .limit(WAITING_SHOWN)
                .toList();
    }
}
