package dev.leat.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.dashboard.GraphView.Edge;
import dev.leat.dashboard.GraphView.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphViewTest {

    @Test
    void the_boxes_and_steps_of_the_longest_path_are_marked_and_lie_above_the_others() {
        var marked = diamond().marked(List.of("a", "c", "d"));

        assertThat(marked.nodes())
                .filteredOn(Node::onPath)
                .extracting(Node::key)
                .containsExactly("a", "c", "d");
        assertThat(marked.edges().subList(2, 4))
                .allMatch(Edge::onPath)
                .extracting(Edge::to)
                .containsExactly("c", "d");
        assertThat(marked.edges().subList(0, 2)).noneMatch(Edge::onPath);
        assertThat(marked.nodes().getFirst().label()).endsWith("on the longest path");
    }

    @Test
    void without_a_path_nothing_is_marked() {
        assertThat(diamond().marked(List.of()).nodes()).noneMatch(Node::onPath);
    }

    private static GraphView diamond() {
        return new GraphView(
                "Graph",
                100,
                100,
                "down",
                false,
                List.of(),
                List.of(edge("a", "c"), edge("a", "b"), edge("c", "d"), edge("b", "d")),
                List.of(node("a"), node("b"), node("c"), node("d")));
    }

    private static Edge edge(String from, String to) {
        return new Edge(from, to, "M0 0", 0, "success", false);
    }

    private static Node node(String key) {
        return new Node(key, "", key, key, "noop", "", Mark.PLANNED, 0, 0, 10, 10, false, false);
    }
}
