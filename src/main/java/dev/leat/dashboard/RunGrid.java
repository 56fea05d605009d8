package dev.leat.dashboard;

import dev.leat.store.Ids;
import dev.leat.store.TaskState;
import dev.leat.store.WorkflowHistory.Glance;
import io.quarkus.qute.RawString;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A workflow's tasks against its last runs: a row for each task or group of tasks, a column for
/// each run, the newest on the right.
///
/// @param folded whether some rows stand for more than one task
record RunGrid(List<Column> columns, List<Row> rows, boolean folded) {

    /// More rows than these can't be taken in: tasks that follow each other share one.
    static final int MOST_ROWS = 200;

    static final int BAR = 48;
    private static final int LOWEST = 3;

    /// More links than these make a page heavy: then only what didn't go well has one of its own.
    private static final int MOST_LINKS = 5_000;

    /// @param height of the bar that says how long it took
    /// @param title all that is to be said of it in a line
    record Column(String id, Mark mark, int height, int y, String title, Instant at, String took) {}

    /// @param title what the row stands for, in full
    record Row(String name, String title, List<Cell> cells) {

        /// The cells as markup, since there are thousands of them. All of it is our own words, but
        /// for tasks' ids, which are letters, digits and underscores.
        public RawString markup() {
            var html = new StringBuilder(cells.size() * 64);
            for (var cell : cells) {
                html.append("<td class=\"is-").append(cell.css()).append("\">");
                if (cell.href().isEmpty()) {
                    html.append("<b>").append(cell.word()).append("</b>");
                } else {
                    html.append("<a href=\"").append(cell.href()).append("\">");
                    html.append(cell.word()).append("</a>");
                }
                html.append("</td>");
            }
            return new RawString(html.toString());
        }
    }

    /// A task, or several that follow each other, in one run.
    ///
    /// @param href the page to look at; empty for none
    /// @param word what is to be read
    record Cell(String css, String word, String href) {}

    /// @param runs oldest first
    /// @param tasks in the order of the graph
    /// @param states by run and task; a task without one is pending
    static RunGrid of(
            List<Glance> runs,
            List<GraphTask> tasks,
            Map<Long, Map<String, TaskState>> states,
            Instant now) {
        var links = (long) runs.size() * Math.min(tasks.size(), MOST_ROWS) <= MOST_LINKS;
        var inOrder = inOrder(tasks);
        var rows = new ArrayList<Row>();
        var groups = groups(inOrder);
        for (var group : groups) {
            var cells = new ArrayList<Cell>();
            for (var run : runs) {
                var of = states.getOrDefault(run.id(), Map.of());
                cells.add(cell(run, group, of, links));
            }
            rows.add(new Row(name(group), title(group), List.copyOf(cells)));
        }
        return new RunGrid(columns(runs, now), List.copyOf(rows), groups.size() < inOrder.size());
    }

    /// Tasks come after those that they wait for, and otherwise as the definition has them.
    static List<GraphTask> inOrder(List<GraphTask> tasks) {
        var byId = new HashMap<String, GraphTask>();
        tasks.forEach(task -> byId.put(task.id(), task));
        var layers = new HashMap<String, Integer>();
        var ordered = new ArrayList<GraphTask>();
        for (var section : List.of("tasks", "onFailure", "finally")) {
            var members =
                    new ArrayList<>(
                            tasks.stream().filter(task -> task.section().equals(section)).toList());
            members.forEach(task -> layer(task, byId, layers));
            members.sort(
                    (one, other) ->
                            Integer.compare(
                                    layers.getOrDefault(one.id(), 0),
                                    layers.getOrDefault(other.id(), 0)));
            ordered.addAll(members);
        }
        return ordered;
    }

    /// Without recursion, as chains may be long: what a task waits for is looked at before it.
    /// There are no circles in what was stored.
    private static void layer(
            GraphTask task, Map<String, GraphTask> byId, Map<String, Integer> layers) {
        var open = new ArrayList<>(List.of(task));
        while (!open.isEmpty()) {
            var next = open.getLast();
            var unknown =
                    next.dependsOn().stream()
                            .filter(id -> byId.containsKey(id) && !layers.containsKey(id))
                            .map(byId::get)
                            .toList();
            if (layers.containsKey(next.id()) || unknown.isEmpty()) {
                var deepest =
                        next.dependsOn().stream()
                                .mapToInt(id -> layers.getOrDefault(id, -1))
                                .max()
                                .orElse(-1);
                layers.putIfAbsent(next.id(), deepest + 1);
                open.removeLast();
            } else {
                open.addAll(unknown);
            }
        }
    }

    private static List<List<GraphTask>> groups(List<GraphTask> tasks) {
        var size = Math.ceilDiv(tasks.size(), MOST_ROWS);
        var groups = new ArrayList<List<GraphTask>>();
        for (int from = 0; from < tasks.size(); from += Math.max(1, size)) {
            groups.add(tasks.subList(from, Math.min(from + Math.max(1, size), tasks.size())));
        }
        return groups;
    }

    private static String name(List<GraphTask> group) {
        var first = group.getFirst().id();
        return group.size() == 1 ? first : first + " …";
    }

    private static String title(List<GraphTask> group) {
        return group.size() == 1
                ? group.getFirst().id()
                : "%d tasks, %s to %s"
                        .formatted(group.size(), group.getFirst().id(), group.getLast().id());
    }

    private static Cell cell(
            Glance run, List<GraphTask> group, Map<String, TaskState> states, boolean links) {
        var counts = new EnumMap<TaskState, String>(TaskState.class);
        for (var task : group) {
            counts.putIfAbsent(states.getOrDefault(task.id(), TaskState.PENDING), task.id());
        }
        var worst =
                GraphView.Summary.BY_URGENCY.stream()
                        .filter(counts::containsKey)
                        .findFirst()
                        .orElse(TaskState.PENDING);
        var mark = Mark.of(worst);
        var linked =
                states.containsKey(counts.get(worst))
                        && (links || worst != TaskState.SUCCESS && worst != TaskState.SKIPPED);
        return new Cell(
                mark.css(),
                mark.word(),
                linked ? "/runs/" + Ids.text(run.id()) + "/tasks/" + counts.get(worst) : "");
    }

    private static List<Column> columns(List<Glance> runs, Instant now) {
        var longest = runs.stream().mapToLong(run -> millis(run, now)).max().orElse(0);
        return runs.stream().map(run -> column(run, longest, now)).toList();
    }

    private static Column column(Glance run, long longest, Instant now) {
        var took = millis(run, now);
        var share = longest == 0 ? 0 : (double) took / longest;
        var height = LOWEST + (int) Math.round(share * (BAR - LOWEST));
        var mark = Mark.of(run.state());
        var at = Instant.EPOCH.plus(run.createdAt(), ChronoUnit.MICROS);
        var words = run.startedAt() == null ? "" : Words.took(took);
        return new Column(
                Ids.text(run.id()),
                mark,
                height,
                BAR - height,
                "%s, %s, revision %d%s"
                        .formatted(
                                mark.word(),
                                Words.absolute(at),
                                run.revision(),
                                words.isEmpty() ? "" : ", " + words),
                at,
                words);
    }

    private static long millis(Glance run, Instant now) {
        if (run.startedAt() == null) {
            return 0;
        }
        var end =
                run.finishedAt() == null
                        ? ChronoUnit.MICROS.between(Instant.EPOCH, now)
                        : run.finishedAt();
        return Math.max(0, end - run.startedAt()) / 1_000;
    }
}
