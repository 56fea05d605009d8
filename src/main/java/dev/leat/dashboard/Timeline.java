package dev.leat.dashboard;

import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.TaskReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// When each task waited and ran: a row of bars for each, on one scale.
///
/// @param ticks what stands above the rows, evenly spread
/// @param more how many rows were left out
record Timeline(List<String> ticks, List<Row> rows, int more) {

    /// The width of every row, whatever the time is.
    static final int WIDTH = 1_000;

    private static final int TICKS = 5;
    private static final int MOST_ROWS = 300;
    private static final double THINNEST = 3;

    record Row(TaskReport task, List<Bar> bars) {}

    /// @param title what it shows, in words
    record Bar(double x, double width, String css, String title) {}

    static Timeline of(RunReport run, Instant now) {
        var began = run.createdAt();
        var ended = run.finishedAt() == null ? now : run.finishedAt();
        var scale = new Scale(began, Math.max(1, Duration.between(began, ended).toMillis()));
        var ends = new HashMap<String, Instant>();
        for (var task : run.tasks()) {
            if (task.finishedAt() != null) {
                ends.put(task.id(), task.finishedAt());
            }
        }
        var rows =
                run.tasks().stream()
                        .limit(MOST_ROWS)
                        .map(
                                task ->
                                        new Row(
                                                task,
                                                bars(task, ready(task, run, ends), scale, ended)))
                        .toList();
        return new Timeline(scale.ticks(), rows, Math.max(0, run.tasks().size() - MOST_ROWS));
    }

    private static List<Bar> bars(
            TaskReport task, @Nullable Instant ready, Scale scale, Instant ended) {
        var bars = new ArrayList<Bar>();
        var since = ready;
        for (var attempt : task.attempts()) {
            var end = attempt.finishedAt() == null ? ended : attempt.finishedAt();
            if (since != null && since.isBefore(attempt.startedAt())) {
                bars.add(scale.bar(since, attempt.startedAt(), "is-queue", "Waited"));
            }
            var mark = Mark.of(attempt.state());
            var title = "Attempt " + attempt.number() + ", " + mark.word();
            bars.add(scale.bar(attempt.startedAt(), end, "is-" + mark.css(), title));
            since = end;
        }
        if (since != null && !task.state().terminal() && since.isBefore(ended)) {
            bars.add(scale.bar(since, ended, "is-queue", "Waits"));
        }
        return List.copyOf(bars);
    }

    /// When nothing but the engine held the task up any more: the end of its last dependency.
    private static @Nullable Instant ready(
            TaskReport task, RunReport run, Map<String, Instant> ends) {
        var handler = !task.section().equals("tasks");
        if (task.attempts().isEmpty() || handler && task.dependsOn().isEmpty()) {
            return null;
        }
        return task.dependsOn().stream()
                .map(ends::get)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(run.startedAt());
    }

    private record Scale(Instant began, long millis) {

        Bar bar(Instant from, Instant to, String css, String title) {
            var x = at(from);
            var took = Words.took(Math.max(0, Duration.between(from, to).toMillis()));
            return new Bar(
                    Math.min(x, WIDTH - THINNEST),
                    Math.max(THINNEST, at(to) - x),
                    css,
                    title + ", " + took);
        }

        private double at(Instant moment) {
            var share = (double) Duration.between(began, moment).toMillis() / millis;
            return Math.round(Math.clamp(share, 0, 1) * WIDTH * 10) / 10.0;
        }

        List<String> ticks() {
            var ticks = new ArrayList<String>();
            for (int tick = 0; tick < TICKS; tick++) {
                ticks.add(tick == 0 ? "0" : Words.took(millis * tick / TICKS));
            }
            return ticks;
        }
    }
}
