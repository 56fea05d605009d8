package dev.leat.engine.report;

import dev.leat.engine.report.PinnedWorkflows.PlannedTask;
import dev.leat.engine.report.TaskReport.Attempt;
import dev.leat.store.Run;
import dev.leat.store.TaskRun;
import dev.leat.store.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the reports of one run's tasks.
final class TaskReporter {

    private final Run run;
    private final Map<String, TaskRun> rows;
    private final Map<String, Map<TaskState, Integer>> items;
    private final Map<String, List<Attempt>> attempts;
    private final Instant now;

    TaskReporter(
            Run run,
            Map<String, TaskRun> rows,
            Map<String, Map<TaskState, Integer>> items,
            Map<String, List<Attempt>> attempts,
            Instant now) {
        this.run = run;
        this.rows = rows;
        this.items = items;
        this.attempts = attempts;
        this.now = now;
    }

    /// A task that has no row yet.
    TaskReport pending(PlannedTask planned) {
        var spec = planned.spec();
        return new TaskReport(
                spec.id(),
                spec.name(),
                spec.type(),
                planned.section(),
                spec.dependsOn(),
                TaskState.PENDING,
                0,
                spec.retry().maxAttempts(),
                whyPending(planned),
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                List.of());
    }

    TaskReport started(PlannedTask planned, TaskRun row) {
        var spec = planned.spec();
        return report(
                row,
                spec.name(),
                spec.type(),
                planned.section(),
                spec.dependsOn(),
                spec.retry().maxAttempts());
    }

    /// A task that the plan doesn't name.
    TaskReport unplanned(TaskRun row) {
        return report(row, row.task, "", "tasks", List.of(), 1);
    }

    /// One item of a task.
    TaskReport item(PlannedTask planned, TaskRun row) {
        var spec = planned.spec();
        return report(
                row,
                spec.name() + ", item " + Items.index(row.task),
                spec.type(),
                planned.section(),
                List.of(),
                spec.retry().maxAttempts());
    }

    private TaskReport report(
            TaskRun row,
            String name,
            String type,
            String section,
            List<String> dependsOn,
            int maxAttempts) {
        return new TaskReport(
                row.task,
                name,
                type,
                section,
                dependsOn,
                row.state,
                row.attempt,
                maxAttempts,
                row.reason,
                Times.instant(row.dueAt),
                Times.instant(row.startedAt),
                Times.instant(row.finishedAt),
                Times.millisBetween(row.startedAt, row.finishedAt, now),
                Texts.object(row.error),
                row.hasOutput
                        && !(row.state == TaskState.RUNNING || row.state == TaskState.WAITING),
                TaskFacts.of(row, items.getOrDefault(row.task, Map.of())),
                attempts.getOrDefault(row.task, List.of()));
    }

    private @Nullable String whyPending(PlannedTask planned) {
        if (run.state.terminal()) {
            return "the run ended before it could start";
        }
        return planned.spec().dependsOn().stream()
                .filter(this::unfinished)
                .findFirst()
                .map(this::waitingFor)
                .orElseGet(() -> whySection(planned.section()));
    }

    private boolean unfinished(String task) {
        var row = rows.get(task);
        return row == null || !row.state.terminal();
    }

    private String waitingFor(String task) {
        var row = rows.get(task);
        if (row == null || row.startedAt == null) {
            return "waiting for '" + task + "'";
        }
        var running = Duration.between(Times.instant(row.startedAt.longValue()), now);
        return "waiting for '%s', running for %s".formatted(task, rough(running));
    }

    private @Nullable String whySection(String section) {
        return switch (section) {
            case "onFailure" -> "starts only if the run fails";
            case "finally" -> "starts when everything else has ended";
            default -> whyNotBegun();
        };
    }

    /// Nothing that it depends on is missing.
    private @Nullable String whyNotBegun() {
        return switch (run.state) {
            case RUNNING ->
                    "ready: waits for a free slot of its node (leat.engine.max-running-tasks)";
            case PAUSED -> "ready, and the run is paused";
            case QUEUED -> run.reason == null ? "the run hasn't started yet" : run.reason;
            case SUCCESS, FAILED, CANCELLED, TIMED_OUT -> run.reason;
        };
    }

    private static String rough(Duration time) {
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " m";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " m"
                : Math.max(0, time.toSeconds()) + " s";
    }
}
