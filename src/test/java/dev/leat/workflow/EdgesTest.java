package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EdgesTest {

    @Test
    void a_cycle_begins_with_the_task_that_stands_first() {
        var cycles = edges(List.of(), List.of("3"), List.of("1"), List.of("2")).sorted().cycles();

        assertThat(cycles).containsExactly(new int[] {1, 3, 2});
    }

    @Test
    void cycles_apart_from_each_other_are_all_found() {
        var cycles =
                edges(List.of("1"), List.of("0"), List.of("3"), List.of("2")).sorted().cycles();

        assertThat(cycles).hasSize(2);
    }

    @Test
    void a_graph_of_nothing_but_cycles_is_told_in_a_few() {
        var everyone = new ArrayList<List<String>>();
        for (int task = 0; task < 300; task++) {
            everyone.add(IntStream.range(0, 300).mapToObj(Integer::toString).toList());
        }

        assertThat(edges(everyone).sorted().cycles()).hasSizeBetween(1, 20);
    }

    @Test
    void upstream_is_searched_near_first_and_only_as_far_as_needed() {
        var chain = new ArrayList<List<String>>();
        for (int task = 0; task < 100_000; task++) {
            chain.add(task == 0 ? List.of() : List.of(Integer.toString(task - 1)));
        }
        var upstream = upstream(chain);

        for (int task = 2; task < chain.size(); task++) {
            assertThat(upstream.of(task, Set.of()).contains(Integer.toString(task - 2))).isTrue();
        }

        assertThat(upstream.steps()).isLessThan(300_000);
    }

    @Test
    void upstream_gives_up_within_its_budget() {
        var chain = new ArrayList<List<String>>();
        for (int task = 0; task < 100_000; task++) {
            chain.add(task == 0 ? List.of() : List.of(Integer.toString(task - 1)));
        }
        var upstream = upstream(chain);

        for (int task = 1; task < chain.size(); task++) {
            assertThat(upstream.of(task, Set.of()).contains("0")).isTrue();
        }

        assertThat(upstream.steps()).isLessThan(21_000_000);
    }

    @Test
    void a_task_beside_is_not_upstream() {
        var upstream = upstream(List.of(List.of(), List.of("0"), List.of("0")));

        assertThat(upstream.of(1, Set.of())).containsExactly("0");
        assertThat(upstream.of(1, Set.of()).contains("2")).isFalse();
        assertThat(upstream.of(1, Set.of("earlier")).contains("earlier")).isTrue();
    }

    private static Upstream upstream(List<List<String>> dependsOn) {
        var ids = new ArrayList<String>();
        for (int task = 0; task < dependsOn.size(); task++) {
            ids.add(Integer.toString(task));
        }
        return new Upstream(ids, numbers(dependsOn.size()), edges(dependsOn));
    }

    @SafeVarargs
    private static Edges edges(List<String>... dependsOn) {
        return edges(List.of(dependsOn));
    }

    private static Edges edges(List<List<String>> dependsOn) {
        return Edges.of(dependsOn, numbers(dependsOn.size()));
    }

    private static HashMap<String, Integer> numbers(int size) {
        var numbers = new HashMap<String, Integer>();
        for (int task = 0; task < size; task++) {
            numbers.put(Integer.toString(task), task);
        }
        return numbers;
    }
}
