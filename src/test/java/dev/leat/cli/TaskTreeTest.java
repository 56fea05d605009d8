package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.cli.RunDocument.PlannedTask;
import dev.leat.store.TaskState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskTreeTest {

    @Test
    void a_chain_is_a_column() {
        assertThat(drawn(task("a"), task("b", "a"), task("c", "b"))).containsExactly("a", "b", "c");
    }

    @Test
    void branches_are_indented_and_their_chains_stay_with_them() {
        assertThat(drawn(task("a"), task("b", "a"), task("c", "b"), task("d", "a"), task("e", "d")))
                .containsExactly("a", "├─ b", "│  c", "└─ d", "   e");
    }

    @Test
    void a_join_hangs_under_the_dependency_that_is_deepest() {
        assertThat(
                        drawn(
                                task("a"),
                                task("short", "a"),
                                task("long", "a"),
                                task("longer", "long"),
                                task("join", "longer", "short")))
                .containsExactly("a", "├─ short", "└─ long", "   longer", "   join");
    }

    @Test
    void the_order_in_the_file_means_nothing() {
        assertThat(drawn(task("c", "b"), task("b", "a"), task("a"))).containsExactly("a", "b", "c");
    }

    @Test
    void ten_thousand_tasks_in_a_chain_are_drawn() {
        var chain = new ArrayList<PlannedTask>();
        chain.add(task("t0"));
        for (int number = 1; number < 10_000; number++) {
            chain.add(task("t" + number, "t" + (number - 1)));
        }
        assertThat(TaskTree.of(chain, true))
                .hasSize(10_000)
                .last()
                .matches(p -> p.indent().isEmpty());
    }

    @Test
    void deep_branching_stops_indenting() {
        var tasks = new ArrayList<PlannedTask>();
        tasks.add(task("t0"));
        for (int number = 1; number < 50; number++) {
            tasks.add(task("t" + number, "t" + (number - 1)));
            tasks.add(task("s" + number, "t" + (number - 1)));
        }
        assertThat(TaskTree.of(tasks, true)).allMatch(place -> place.indent().length() <= 33);
    }

    private static List<String> drawn(PlannedTask... tasks) {
        return TaskTree.of(List.of(tasks), true).stream()
                .map(place -> place.indent() + place.task().id())
                .toList();
    }

    private static PlannedTask task(String id, String... dependsOn) {
        return new PlannedTask(
                id, "noop", "tasks", List.of(dependsOn), TaskState.PENDING, 0, 1, null);
    }
}
