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

/// When each task waited and ran: a row of bars for each, on one scale, and the same in numbers.
///
/// @param began where the scale begins
/// @param ticks what stands above the rows, evenly spread
/// @param path the tasks that determined the run's end
record Timeline(Instant began, List<String> ticks, List<Row> rows, CriticalPath path) {

    /// The width of every row, whatever the time is.
    static final int WIDTH = 1_000;

    private static final int TICKS = 5;
    private static final double THINNEST = 3;

    /// @param began how long after the run was made; empty where it hasn't begun
    /// @param waited how long nothing but the engine, a pool or a retry's delay held it up
    /// @param onPath whether it is among those that determined the run's end
    /// @param item whether it is an item of the task above it
    record Row(
            TaskReport task,
            List<Bar> bars,
            String began,
            String waited,
            boolean onPath,
            boolean item) {

        public boolean group() {
            return task.facts() != null && task.facts().hasItems();
        }
    }

    /// @param title what it shows, in words
    record Bar(double x, double width, String css, String title, long millis) {
        boolean waits() {
            return css.equals("is-queue");
        }
    }

    /// @param tasks those to show, of all that the run has
    /// @param items by the task whose rows they follow
    /// @param path the tasks that are marked
    static Timeline of(
            RunReport run,
            List<TaskReport> tasks,
            Map<String, List<TaskReport>> items,
            CriticalPath path,
            Instant now) {
        var ended = run.finishedAt() == null ? now : run.finishedAt();
        var maker = new Maker(run, Scale.of(run.createdAt(), ended), path);
        var rows = new ArrayList<Row>();
        for (var task : tasks) {
            rows.add(maker.row(task, maker.ready(task), false));
            for (var item : items.getOrDefault(task.id(), List.of())) {
                rows.add(maker.row(item, task.startedAt(), true));
            }
        }
        return new Timeline(run.createdAt(), maker.scale.ticks(), List.copyOf(rows), maker.path);
    }

    private static final class Maker {
        private final RunReport run;
        private final Scale scale;
        private final CriticalPath path;
        private final Map<String, Instant> ends = new HashMap<>();

        Maker(RunReport run, Scale scale, CriticalPath path) {
            this.run = run;
            this.scale = scale;
            this.path = path;
            for (var task : run.tasks()) {
                if (task.finishedAt() != null) {
                    ends.put(task.id(), task.finishedAt());
                }
            }
        }

        Row row(TaskReport task, @Nullable Instant ready, boolean item) {
            var bars = bars(task, ready);
            var waited = bars.stream().filter(Bar::waits).mapToLong(Bar::millis).sum();
            var began = task.startedAt();
            return new Row(
                    task,
                    bars,
                    began == null ? "" : "+" + Words.took(scale.since(began)),
                    waited == 0 ? "" : Words.took(waited),
                    !item && path.contains(task.id()),
                    item);
        }

        /// A task with items has no attempts of its own, and one bar from its start to its end.
        private List<Bar> bars(TaskReport task, @Nullable Instant ready) {
            var bars = new ArrayList<Bar>();
            var since = ready;
            if (task.attempts().isEmpty() && task.startedAt() != null) {
                var end = task.finishedAt() == null ? scale.ended() : task.finishedAt();
                var mark = Mark.of(task.state());
                bars.add(scale.bar(task.startedAt(), end, "is-" + mark.css(), mark.word()));
                return bars;
            }
            for (var attempt : task.attempts()) {
                var end = attempt.finishedAt() == null ? scale.ended() : attempt.finishedAt();
                if (since != null && since.isBefore(attempt.startedAt())) {
                    bars.add(scale.bar(since, attempt.startedAt(), "is-queue", "Waited"));
                }
                var mark = Mark.of(attempt.state());
                var title = "Attempt " + attempt.number() + ", " + mark.word();
                bars.add(scale.bar(attempt.startedAt(), end, "is-" + mark.css(), title));
                since = end;
            }
            if (since != null && !task.state().terminal() && since.isBefore(scale.ended())) {
                bars.add(scale.bar(since, scale.ended(), "is-queue", "Waits"));
            }
            return List.copyOf(bars);
        }

        /// When nothing but the engine held the task up any more: the end of its last dependency.
        @Nullable Instant ready(TaskReport task) {
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
    }

    private record Scale(Instant began, Instant ended, long millis) {

        static Scale of(Instant began, Instant ended) {
            return new Scale(began, ended, Math.max(1, Duration.between(began, ended).toMillis()));
        }

        Bar bar(Instant from, Instant to, String css, String title) {
            var x = at(from);
            var took = Math.max(0, Duration.between(from, to).toMillis());
            return new Bar(
                    Math.min(x, WIDTH - THINNEST),
                    Math.max(THINNEST, at(to) - x),
                    css,
                    title + ", " + Words.took(took),
                    took);
        }

        long since(Instant moment) {
            return Math.max(0, Duration.between(began, moment).toMillis());
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
