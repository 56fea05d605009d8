package dev.leat.dashboard;

import dev.leat.dashboard.GraphView.Summary;
import dev.leat.dashboard.graph.Drawings;
import dev.leat.dashboard.graph.Drawings.Graph;
import dev.leat.dashboard.graph.GraphLayout;
import dev.leat.dashboard.graph.GraphLayout.Direction;
import dev.leat.dashboard.graph.GraphLayout.Shape;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Puts tasks and their states onto drawings.
@ApplicationScoped
class Graphs {

    private static final List<String> SECTIONS = List.of("tasks", "onFailure", "finally");

    private final Drawings drawings;

    Graphs(Drawings drawings) {
        this.drawings = drawings;
    }

    /// @param revision the tasks and their edges are always the same for it
    /// @param wish `down`, `right`, or anything else to choose by shape
    /// @param href the page of a task; empty for none
    GraphView draw(
            long revision,
            List<GraphTask> tasks,
            @Nullable String wish,
            Function<String, String> href) {
        return draw(revision, tasks, CriticalPath.NONE, wish, href);
    }

    /// @param path the tasks that are marked as those which determined the run's end
    GraphView draw(
            long revision,
            List<GraphTask> tasks,
            CriticalPath path,
            @Nullable String wish,
            Function<String, String> href) {
        var canvas = new GraphCanvas(href, path);
        for (var section : SECTIONS) {
            var members = tasks.stream().filter(task -> task.section().equals(section)).toList();
            if (!members.isEmpty()) {
                var key = revision + "/" + section + "/" + members.size();
                canvas.add(section, members, drawings.draw(key, graph(members), direction(wish)));
            }
        }
        return canvas.view(tasks.size());
    }

    /// The boxes that stand for several tasks, with what they show now, by key.
    Map<String, Summary> folds(long revision, List<GraphTask> tasks, @Nullable String wish) {
        var folds = new LinkedHashMap<String, Summary>();
        for (var node : draw(revision, tasks, wish, _ -> "").nodes()) {
            if (node.fold()) {
                folds.put(node.key(), new Summary(node.mark(), node.note()));
            }
        }
        return folds;
    }

    private static @Nullable Direction direction(@Nullable String wish) {
        return switch (wish) {
            case "down" -> Direction.DOWN;
            case "right" -> Direction.RIGHT;
            case null, default -> null;
        };
    }

    private static Graph graph(List<GraphTask> tasks) {
        var numbers = new HashMap<String, Integer>();
        tasks.forEach(task -> numbers.put(task.id(), numbers.size()));
        var edges = new ArrayList<GraphLayout.Edge>();
        for (var task : tasks) {
            for (var earlier : task.dependsOn()) {
                var from = numbers.get(earlier);
                if (from != null) {
                    edges.add(new GraphLayout.Edge(from, numbers.getOrDefault(task.id(), 0)));
                }
            }
        }
        return new Graph(
                tasks.stream().map(GraphTask::id).toList(),
                tasks.stream().map(GraphTask::type).toList(),
                new Shape(tasks.size(), edges));
    }
}
