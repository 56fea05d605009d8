package dev.leat.dashboard.graph;

import dev.leat.dashboard.graph.GraphLayout.Direction;
import dev.leat.dashboard.graph.GraphLayout.Drawing;
import dev.leat.dashboard.graph.GraphLayout.Edge;
import dev.leat.dashboard.graph.GraphLayout.Shape;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Pictures of graphs, each made once: they are kept by their key and direction.
@ApplicationScoped
public class Drawings {

    private static final int KEPT = 256;
    private static final int PANEL_WIDTH = 1_180;
    private static final int LAYER_GAP = 44;
    private static final int LETTER_WIDTH = 8;
    private static final int ROOM_BESIDE_NAME = 58;
    private static final int SMALL_LETTER_WIDTH = 6;
    private static final int ROOM_BESIDE_NOTE = 52;

    /// Such as `1 m 04 s` or `1000/2500` beside the type.
    private static final int NOTE_LETTERS = 9;

    private static final int NARROWEST = 132;
    private static final int WIDEST = 236;

    private final GraphLayout layout;
    private final Map<Key, Picture> kept =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<Key, Picture> eldest) {
                            return size() > KEPT;
                        }
                    });

    Drawings(GraphLayout layout) {
        this.layout = layout;
    }

    /// @param key names the graph: the same key must always come with the same graph
    /// @param wish null to choose by the graph's shape
    public Picture draw(String key, Graph graph, @Nullable Direction wish) {
        var known = kept.get(new Key(key, wish));
        if (known != null) {
            return known;
        }
        var made = make(graph, wish);
        kept.put(new Key(key, wish), made);
        return made;
    }

    private Picture make(Graph graph, @Nullable Direction wish) {
        var folded = Folding.fold(graph.shape(), graph.kinds());
        var width = nodeWidth(graph, folded);
        var direction = wish == null ? suited(folded.shape(), width) : wish;
        return new Picture(layout.arrange(folded.shape(), width, direction), folded.groups());
    }

    /// To the right while all layers fit beside each other, else down the page.
    private static Direction suited(Shape shape, int nodeWidth) {
        var layers = layers(shape);
        return layers * (nodeWidth + LAYER_GAP) <= PANEL_WIDTH ? Direction.RIGHT : Direction.DOWN;
    }

    private static int layers(Shape shape) {
        var layer = new int[shape.size()];
        var deepest = shape.size() == 0 ? 0 : 1;
        for (boolean moved = true; moved; ) {
            moved = false;
            for (Edge edge : shape.edges()) {
                if (layer[edge.to()] <= layer[edge.from()]) {
                    layer[edge.to()] = layer[edge.from()] + 1;
                    deepest = Math.max(deepest, layer[edge.to()] + 1);
                    moved = true;
                }
            }
        }
        return deepest;
    }

    /// One width for all, so that the picture is calm: the longest name's or type's, within bounds.
    private static int nodeWidth(Graph graph, Folding.Folded folded) {
        var longest =
                folded.groups().stream()
                        .mapToInt(group -> graph.names().get(group.getFirst()).length())
                        .max()
                        .orElse(0);
        var below = longestOf(graph.kinds()) + NOTE_LETTERS;
        var wanted =
                Math.max(
                        longest * LETTER_WIDTH + ROOM_BESIDE_NAME,
                        below * SMALL_LETTER_WIDTH + ROOM_BESIDE_NOTE);
        return Math.clamp(wanted, NARROWEST, WIDEST);
    }

    private static int longestOf(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    /// @param kinds what each node is; many alike of one kind are drawn as one
    public record Graph(List<String> names, List<String> kinds, Shape shape) {
        public Graph {
            names = List.copyOf(names);
            kinds = List.copyOf(kinds);
        }
    }

    /// @param groups which of the graph's nodes each box stands for
    public record Picture(Drawing drawing, List<List<Integer>> groups) {}

    private record Key(String name, @Nullable Direction wish) {}
}
