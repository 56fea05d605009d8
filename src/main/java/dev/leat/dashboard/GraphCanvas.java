package dev.leat.dashboard;

import dev.leat.dashboard.GraphView.Edge;
import dev.leat.dashboard.GraphView.Node;
import dev.leat.dashboard.GraphView.Section;
import dev.leat.dashboard.GraphView.Summary;
import dev.leat.dashboard.graph.Drawings.Picture;
import dev.leat.dashboard.graph.GraphLayout.Box;
import dev.leat.dashboard.graph.GraphLayout.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Paints sections one below the other.
final class GraphCanvas {

    private static final int TITLE_HEIGHT = 34;
    private static final int LETTER_WIDTH = 8;
    private static final int ROOM_BESIDE_NAME = 46;

    private final Function<String, String> href;
    private final CriticalPath path;
    private final List<Section> sections = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();

    /// The keys of the boxes, by task.
    private final Map<String, String> boxes = new HashMap<>();

    private int width;
    private int height;
    private int folds;
    private Direction direction = Direction.DOWN;

    GraphCanvas(Function<String, String> href, CriticalPath path) {
        this.href = href;
        this.path = path;
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
        var added = new ArrayList<Node>();
        for (int number = 0; number < picture.groups().size(); number++) {
            var members = picture.groups().get(number).stream().map(tasks::get).toList();
            added.add(node(members, drawing.boxes().get(number)));
        }
        for (var drawn : drawing.paths()) {
            var from = added.get(drawn.from());
            var to = added.get(drawn.to());
            edges.add(
                    new Edge(from.key(), to.key(), drawn.data(), height, from.mark().css(), false));
        }
        nodes.addAll(added);
        width = Math.max(width, drawing.width());
        height += drawing.height();
    }

    private Node node(List<GraphTask> members, Box box) {
        var first = members.getFirst();
        var single = members.size() == 1;
        var key = single ? first.id() : "~" + folds++;
        members.forEach(member -> boxes.put(member.id(), key));
        if (single) {
            return box(
                    key,
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
                key,
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
                fold,
                false);
    }

    private static String fitting(String name, int width) {
        var letters = (width - ROOM_BESIDE_NAME) / LETTER_WIDTH;
        return name.length() <= letters ? name : name.substring(0, letters - 1) + "…";
    }

    GraphView view(int tasks) {
        // Lines share their ways; what has been gone lies above what hasn't.
        edges.sort(Comparator.comparing(edge -> edge.css().equals("success")));
        return new GraphView(
                        "Graph of " + Words.of(tasks, "task"),
                        width,
                        height,
                        direction.name().toLowerCase(Locale.ROOT),
                        folds > 0,
                        List.copyOf(sections),
                        List.copyOf(edges),
                        List.copyOf(nodes))
                .marked(path.tasks().stream().map(boxes::get).toList());
    }
}
