package dev.leat.dashboard;

import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.TaskFacts;
import dev.leat.engine.report.TaskReport;
import dev.leat.engine.report.TaskReport.Attempt;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run's report, told task by task. Times are seconds after its start.
final class ToldRun {

    static final Instant START = Instant.parse("2026-11-27T02:00:00Z");

    private final List<TaskReport> tasks = new ArrayList<>();

    ToldRun ran(String task, double from, double to, String... after) {
        return add(task, "tasks", TaskState.SUCCESS, from, to, null, after);
    }

    ToldRun failed(String task, double from, double to, String... after) {
        return add(task, "tasks", TaskState.FAILED, from, to, null, after);
    }

    ToldRun runs(String task, double from, String... after) {
        return add(task, "tasks", TaskState.RUNNING, from, null, null, after);
    }

    ToldRun skipped(String task, double at, String... after) {
        return add(task, "tasks", TaskState.SKIPPED, null, at, null, after);
    }

    ToldRun pending(String task, String... after) {
        return add(task, "tasks", TaskState.PENDING, null, null, null, after);
    }

    ToldRun handled(String section, String task, double from, double to) {
        return add(task, section, TaskState.SUCCESS, from, to, null);
    }

    ToldRun withItems(String task, double from, double to, int items) {
        var facts = new TaskFacts(items, Map.of(TaskState.SUCCESS, items), 0, null, null, null);
        return add(task, "tasks", TaskState.SUCCESS, from, to, facts);
    }

    private ToldRun add(
            String task,
            String section,
            TaskState state,
            @Nullable Double from,
            @Nullable Double to,
            @Nullable TaskFacts facts,
            String... after) {
        var began = from == null ? null : at(from);
        var ended = to == null ? null : at(to);
        var attempts =
                began == null || facts != null
                        ? List.<Attempt>of()
                        : List.of(new Attempt(1, state, began, ended, null, null, null, null));
        tasks.add(
                new TaskReport(
                        task,
                        task,
                        "noop",
                        section,
                        List.of(after),
                        state,
                        1,
                        1,
                        null,
                        null,
                        began,
                        ended,
                        began == null || ended == null
                                ? null
                                : Duration.between(began, ended).toMillis(),
                        null,
                        false,
                        facts,
                        attempts));
        return this;
    }

    static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1_000));
    }

    RunReport ended(double at) {
        return report(RunState.SUCCESS, at(at), Math.round(at * 1_000));
    }

    RunReport going(double now) {
        return report(RunState.RUNNING, null, Math.round(now * 1_000));
    }

    private RunReport report(RunState state, @Nullable Instant finished, long millis) {
        return new RunReport(
                "0000000000001",
                "told",
                1,
                state,
                null,
                false,
                "api",
                Map.of(),
                null,
                Map.of(),
                Map.of(),
                null,
                null,
                START,
                START,
                finished,
                null,
                millis,
                0,
                null,
                List.of(),
                null,
                tasks.size(),
                Map.of(),
                List.copyOf(tasks));
    }
}
