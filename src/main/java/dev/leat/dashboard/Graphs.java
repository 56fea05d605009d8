package dev.leat.dashboard;

import dev.leat.dashboard.GraphView.Edge;
import dev.leat.dashboard.GraphView.Node;
import dev.leat.dashboard.GraphView.Section;
import dev.leat.dashboard.GraphView.Summary;
import dev.leat.dashboard.graph.Drawings;
import dev.leat.dashboard.graph.Drawings.Graph;
import dev.leat.dashboard.graph.Drawings.Picture;
import dev.leat.dashboard.graph.GraphLayout;
import dev.leat.dashboard.graph.GraphLayout.Box;
import dev.leat.dashboard.graph.GraphLayout.Direction;
import dev.leat.dashboard.graph.GraphLayout.Shape;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Puts tasks and their states onto drawings.
@ApplicationScoped
class Graphs {

    private static final int TITLE_HEIGHT = 34;
    private static final int LETTER_WIDTH = 8;
    private static final int ROOM_BESIDE_NAME = 46;
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
        var canvas = new Canvas(href);
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

    /// Sections one below the other.
    private static final class Canvas {
        private final Function<String, String> href;
        private final List<Section> sections = new ArrayList<>();
        private final List<Edge> edges = new ArrayList<>();
        private final List<Node> nodes = new ArrayList<>();
        private int width;
        private int height;
        private int folds;
        private Direction direction = Direction.DOWN;

        Canvas(Function<String, String> href) {
            this.href = href;
        }

        void add(String section, List<GraphTask> tasks, Picture picture) {
            var drawing = picture.drawing();
            if (section.equals("tasks")) {
                direction = drawing.direction();
            } else {
                var title = section.equals("onFailure") ? "If the run fails" : "At the end, always";
                sections.add(new Section(title, 16, height + 20, drawing.width()));
                height += TITLE_HEIGHT - 10;
            }
            var keys = new ArrayList<String>();
            for (int number = 0; number < picture.groups().size(); number++) {
                var members = picture.groups().get(number).stream().map(tasks::get).toList();
                var node = node(members, drawing.boxes().get(number));
                keys.add(node.key());
                nodes.add(node);
            }
            for (var path : drawing.paths()) {
                edges.add(new Edge(keys.get(path.from()), path.data(), height));
            }
            width = Math.max(width, drawing.width());
            height += drawing.height();
        }

        private Node node(List<GraphTask> members, Box box) {
            var first = members.getFirst();
            if (members.size() == 1) {
                return box(
                        first.id(),
                        href.apply(first.id()),
                        first.id(),
                        first.id(),
                        first.type(),
                        first.took(),
                        first.mark(),
                        box,
                        false);
            }
            var summary = Summary.of(members);
            var last = members.getLast().id();
            return box(
                    "~" + folds++,
                    "",
                    first.id() + " …",
                    "%d tasks, %s to %s".formatted(members.size(), first.id(), last),
                    first.type(),
                    summary.note(),
                    summary.mark(),
                    box,
                    true);
        }

        private Node box(
                String key,
                String href,
                String name,
                String title,
                String detail,
                String note,
                Mark mark,
                Box box,
                boolean fold) {
            return new Node(
                    key,
                    href,
                    fitting(name, box.width()),
                    title,
                    detail,
                    note,
                    mark,
                    box.x(),
                    box.y() + height,
                    box.width(),
                    box.height(),
                    fold);
        }

        private static String fitting(String name, int width) {
            var letters = (width - ROOM_BESIDE_NAME) / LETTER_WIDTH;
            return name.length() <= letters ? name : name.substring(0, letters - 1) + "…";
        }

        GraphView view(int tasks) {
            return new GraphView(
                    "Graph of " + Words.of(tasks, "task"),
                    width,
                    height,
                    direction.name().toLowerCase(Locale.ROOT),
                    folds > 0,
                    List.copyOf(sections),
                    List.copyOf(edges),
                    List.copyOf(nodes));
        }
    }
}
