package dev.leat.dashboard.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.dashboard.graph.Drawings.Graph;
import dev.leat.dashboard.graph.GraphLayout.Direction;
import dev.leat.dashboard.graph.GraphLayout.Edge;
import dev.leat.dashboard.graph.GraphLayout.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawingsTest {

    private final Drawings drawings = new Drawings(new ElkLayout());

    @Test
    void every_task_gets_a_place_of_its_own_and_every_edge_a_path() {
        var picture = drawings.draw("diamond", diamond(), null);

        assertThat(picture.drawing().boxes()).hasSize(4).doesNotHaveDuplicates();
        assertThat(picture.drawing().paths()).hasSize(4);
        assertThat(picture.drawing().paths())
                .allSatisfy(path -> assertThat(path.data()).startsWith("M").contains("L"));
    }

    @Test
    void no_two_boxes_overlap() {
        var boxes = drawings.draw("diamond", diamond(), Direction.DOWN).drawing().boxes();

        for (var one : boxes) {
            for (var other : boxes) {
                assertThat(
                                one == other
                                        || one.x() + one.width() <= other.x()
                                        || other.x() + other.width() <= one.x()
                                        || one.y() + one.height() <= other.y()
                                        || other.y() + other.height() <= one.y())
                        .isTrue();
            }
        }
    }

    @Test
    void a_short_graph_goes_to_the_right_and_a_long_chain_goes_down() {
        assertThat(drawings.draw("short", chain(3), null).drawing().direction())
                .isEqualTo(Direction.RIGHT);
        assertThat(drawings.draw("long", chain(20), null).drawing().direction())
                .isEqualTo(Direction.DOWN);
    }

    @Test
    void a_wish_for_a_direction_is_granted() {
        var picture = drawings.draw("short", chain(3), Direction.DOWN).drawing();

        assertThat(picture.height()).isGreaterThan(picture.width());
    }

    @Test
    void a_picture_is_made_once() {
        assertThat(drawings.draw("diamond", diamond(), null))
                .isSameAs(drawings.draw("diamond", diamond(), null));
    }

    @Test
    void a_graph_without_tasks_is_an_empty_picture() {
        assertThat(drawings.draw("none", chain(0), null).drawing().boxes()).isEmpty();
    }

    @Test
    void a_fan_of_many_alike_is_drawn_as_one() {
        var picture = drawings.draw("fan", fan(100), null);

        assertThat(picture.groups()).hasSize(3);
        assertThat(picture.groups()).anySatisfy(group -> assertThat(group).hasSize(100));
    }

    @Test
    void a_small_fan_is_drawn_in_full() {
        assertThat(drawings.draw("fan", fan(8), null).groups()).hasSize(10);
    }

    @Test
    void a_chain_of_five_thousand_is_drawn_small_and_loses_no_task() {
        assertEveryTaskOnce(chain(5_000));
    }

    @Test
    void a_fan_of_five_thousand_is_drawn_small_and_loses_no_task() {
        assertEveryTaskOnce(fan(5_000));
    }

    @Test
    void a_dense_graph_of_five_thousand_is_drawn_small_and_loses_no_task() {
        var edges = new ArrayList<Edge>();
        for (int to = 1; to < 5_000; to++) {
            edges.add(new Edge(to / 2, to));
            edges.add(new Edge(to * 2 / 3, to));
        }
        edges.removeIf(edge -> edge.from() >= edge.to());

        assertEveryTaskOnce(graph(5_000, edges));
    }

    private void assertEveryTaskOnce(Graph graph) {
        var picture = drawings.draw("large", graph, null);

        assertThat(picture.drawing().boxes()).hasSizeLessThanOrEqualTo(Folding.MOST_NODES);
        assertThat(picture.groups().stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, graph.shape().size()).boxed().toList());
    }

    private static Graph diamond() {
        return graph(4, List.of(new Edge(0, 1), new Edge(0, 2), new Edge(1, 3), new Edge(2, 3)));
    }

    private static Graph chain(int length) {
        return graph(
                length, IntStream.range(1, length).mapToObj(to -> new Edge(to - 1, to)).toList());
    }

    private static Graph fan(int width) {
        var edges = new ArrayList<Edge>();
        for (int middle = 1; middle <= width; middle++) {
            edges.add(new Edge(0, middle));
            edges.add(new Edge(middle, width + 1));
        }
        return graph(width + 2, edges);
    }

    private static Graph graph(int size, List<Edge> edges) {
        return new Graph(
                IntStream.range(0, size).mapToObj(number -> "task_" + number).toList(),
                Collections.nCopies(size, "noop"),
                new Shape(size, edges));
    }
}
