package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorkflowResolverTest {

    private static final Workflow TEMPLATE =
            Loading.good("{'id': 'hello', 'tasks': [{'id': 'a', 'type': 'noop'}]}");

    private final WorkflowResolver resolver = new WorkflowResolver();

    @Test
    void the_order_of_a_document_that_is_in_order_is_its_own() {
        var graph = resolve(task("a"), task("c", "a"), task("b"), task("d", "b", "c"));

        assertThat(names(graph, graph.order())).containsExactly("a", "c", "b", "d");
    }

    @Test
    void a_task_comes_after_those_it_depends_on() {
        var graph =
                resolve(
                        task("last", "left", "right"),
                        task("left", "first"),
                        task("right", "first"),
                        task("first"));

        assertThat(names(graph, graph.order())).containsExactly("first", "left", "right", "last");
    }

    @Test
    void dependencies_and_dependents_mirror_each_other() {
        var graph = resolve(task("a"), task("b", "a"), task("c", "a", "b"));

        assertThat(names(graph, graph.dependencies(2))).containsExactly("a", "b");
        assertThat(names(graph, graph.dependents(0))).containsExactly("b", "c");
        assertThat(graph.isLeaf(2)).isTrue();
        assertThat(graph.isLeaf(0)).isFalse();
        assertThat(graph.numberOf("c")).isEqualTo(2);
        assertThat(graph.numberOf("z")).isEqualTo(-1);
    }

    @Test
    void a_dependency_named_twice_counts_once() {
        assertThat(resolve(task("a"), task("b", "a", "a")).dependencies(1)).hasSize(1);
    }

    @Test
    void nothing_is_a_graph_too() {
        assertThat(resolve().size()).isZero();
    }

    @Test
    void a_cycle_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolve(task("a", "b"), task("b", "a")));
    }

    @Test
    void unknown_and_self_dependencies_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> resolve(task("a", "z")));
        assertThatIllegalArgumentException().isThrownBy(() -> resolve(task("a", "a")));
    }

    @Test
    void a_chain_of_a_hundred_thousand_backwards_is_walked_without_recursion() {
        var size = 100_000;
        var tasks = new ArrayList<TaskSpec>();
        for (int at = 0; at < size; at++) {
            tasks.add(at + 1 < size ? task("t" + at, "t" + (at + 1)) : task("t" + at));
        }

        var order = resolve(tasks.toArray(TaskSpec[]::new)).order();

        assertThat(order).hasSize(size);
        assertThat(order[0]).isEqualTo(size - 1);
        assertThat(order[size - 1]).isZero();
    }

    @Test
    void in_a_hundred_random_graphs_every_edge_points_forward() {
        for (int seed = 0; seed < 100; seed++) {
            var graph = resolve(randomTasks(new Random(seed)).toArray(TaskSpec[]::new));
            var position = new int[graph.size()];
            for (int at = 0; at < graph.size(); at++) {
                position[graph.order()[at]] = at;
            }
            for (int task = 0; task < graph.size(); task++) {
                for (int dependency : graph.dependencies(task)) {
                    assertThat(position[dependency]).as("seed %d", seed).isLessThan(position[task]);
                }
            }
        }
    }

    private static List<TaskSpec> randomTasks(Random random) {
        var rank = random.ints(60, 0, 1_000_000).toArray();
        var tasks = new ArrayList<TaskSpec>();
        for (int at = 0; at < rank.length; at++) {
            var dependencies = new ArrayList<String>();
            for (int other = 0; other < rank.length; other++) {
                if (rank[other] < rank[at] && random.nextInt(8) == 0) {
                    dependencies.add("t" + other);
                }
            }
            tasks.add(task("t" + at, dependencies.toArray(String[]::new)));
        }
        return tasks;
    }

    private TaskGraph resolve(TaskSpec... tasks) {
        var workflow =
                new Workflow(
                        "default",
                        "hello",
                        "hello",
                        "",
                        TEMPLATE.labels(),
                        TEMPLATE.inputs(),
                        TEMPLATE.vars(),
                        TEMPLATE.concurrency(),
                        null,
                        List.of(tasks),
                        TEMPLATE.outputs(),
                        List.of(),
                        List.of(),
                        List.of());
        return resolver.resolve(workflow).tasks();
    }

    private static TaskSpec task(String id, String... dependsOn) {
        var like = TEMPLATE.tasks().getFirst();
        return new TaskSpec(
                id,
                id,
                "",
                "noop",
                like.with(),
                List.of(dependsOn),
                null,
                TriggerRule.ALL_SUCCESS,
                null,
                null,
                null,
                RetryPolicy.NONE,
                null,
                true,
                0,
                null,
                false,
                false,
                like.env());
    }

    private static List<String> names(TaskGraph graph, int[] numbers) {
        return Arrays.stream(numbers).mapToObj(number -> graph.task(number).id()).toList();
    }
}
