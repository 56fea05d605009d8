package dev.leat.dashboard;

import dev.leat.store.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// A graph as the template paints it: everything is placed, named and counted.
///
/// @param folded whether some boxes stand for more than one task
record GraphView(
        String label,
        int width,
        int height,
        String direction,
        boolean folded,
        List<Section> sections,
        List<Edge> edges,
        List<Node> nodes) {

    /// A title over the tasks of `onFailure` and `finally`.
    record Section(String title, int x, int y, int width) {}

    /// With the boxes marked that determined the run's end, and the edges from one to the next.
    ///
    /// @param path keys of boxes, in order
    GraphView marked(List<String> path) {
        if (path.isEmpty()) {
            return this;
        }
        var steps = new HashSet<String>();
        for (int at = 1; at < path.size(); at++) {
            steps.add(path.get(at - 1) + " " + path.get(at));
        }
        var boxes = new HashSet<>(path);
        return new GraphView(
                label,
                width,
                height,
                direction,
                folded,
                sections,
                edges.stream()
                        .map(edge -> steps.contains(edge.from + " " + edge.to) ? edge.way() : edge)
                        .sorted(Comparator.comparing(Edge::onPath))
                        .toList(),
                nodes.stream().map(node -> boxes.contains(node.key) ? node.way() : node).toList());
    }

    /// @param from the key of the node where it begins
    /// @param to the key of the node where it ends
    /// @param css the state of the node where it begins
    /// @param onPath whether the run's end was determined by way of it
    record Edge(String from, String to, String data, int y, String css, boolean onPath) {
        private Edge way() {
            return new Edge(from, to, data, y, css, true);
        }
    }

    /// @param key what live updates call it: the task's id, or `~` and a number for a fold
    /// @param href empty where there is no page for it
    /// @param name short enough for its box
    /// @param title what the box stands for, in full
    /// @param detail the second line, on the left
    /// @param note the second line, on the right
    /// @param onPath whether it is among those that determined the run's end
    record Node(
            String key,
            String href,
            String name,
            String title,
            String detail,
            String note,
            Mark mark,
            int x,
            int y,
            int width,
            int height,
            boolean fold,
            boolean onPath) {

        private Node way() {
            return new Node(
                    key, href, name, title, detail, note, mark, x, y, width, height, fold, true);
        }

        public String label() {
            return title
                    + ", "
                    + detail
                    + (mark.equals(Mark.PLANNED) ? "" : ", " + mark.word())
                    + (note.isEmpty() ? "" : ", " + note)
                    + (onPath ? ", on the longest path" : "");
        }
    }

    /// What a box for several tasks shows: the state that most wants to be seen, and how far they
    /// are.
    record Summary(Mark mark, String note) {

        static final List<TaskState> BY_URGENCY =
                List.of(
                        TaskState.FAILED,
                        TaskState.TIMED_OUT,
                        TaskState.UNKNOWN,
                        TaskState.RUNNING,
                        TaskState.RETRYING,
                        TaskState.WAITING,
                        TaskState.READY,
                        TaskState.UPSTREAM_FAILED,
                        TaskState.CANCELLED,
                        TaskState.PENDING,
                        TaskState.SUCCESS,
                        TaskState.SKIPPED);

        static Summary of(List<GraphTask> tasks) {
            var counts = new EnumMap<TaskState, Integer>(TaskState.class);
            for (var task : tasks) {
                var state = task.state();
                if (state != null) {
                    counts.merge(state, 1, Integer::sum);
                }
            }
            return BY_URGENCY.stream()
                    .filter(counts::containsKey)
                    .findFirst()
                    .map(state -> new Summary(Mark.of(state), note(counts, tasks.size())))
                    .orElseGet(() -> new Summary(Mark.PLANNED, ""));
        }

        private static String note(Map<TaskState, Integer> counts, int size) {
            var done = 0;
            var failed = 0;
            for (var entry : counts.entrySet()) {
                done += entry.getKey().terminal() ? entry.getValue() : 0;
                failed += entry.getKey().failure() ? entry.getValue() : 0;
            }
            var parts = new ArrayList<String>();
            parts.add(done + "/" + size);
            if (failed > 0) {
                parts.add(failed + " failed");
            }
            return String.join(", ", parts);
        }
    }
}
