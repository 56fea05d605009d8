package dev.leat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.task.Refusal;
import dev.leat.workflow.TaskGraph;
import dev.leat.workflow.TestPlans;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeptTest {

    private static final TaskGraph GRAPH =
            TestPlans.plan(
                            """
                            {"id": "w", "tasks": [
                              {"id": "a", "type": "noop"},
                              {"id": "b", "type": "noop", "dependsOn": ["a"]},
                              {"id": "c", "type": "noop", "dependsOn": ["b"]},
                              {"id": "beside", "type": "noop", "dependsOn": ["a"]},
                              {"id": "join", "type": "noop", "dependsOn": ["c", "beside"], "triggerRule": "all_done"}],
                             "finally": [{"id": "tidy", "type": "noop"}]}""")
                    .tasks();

    @Test
    void what_succeeded_is_kept_unless_it_comes_after_what_is_done_again() {
        assertThat(kept("failed", Set.of("a", "beside", "join"), Set.of()))
                .containsExactlyInAnyOrder("a", "beside");
    }

    @Test
    void a_task_and_all_that_comes_after_it_is_done_again() {
        assertThat(kept("c", Set.of("a", "b", "c", "beside", "join"), Set.of()))
                .containsExactlyInAnyOrder("a", "b", "beside");
    }

    @Test
    void with_a_task_what_never_succeeded_is_done_again_too() {
        assertThat(kept("beside", Set.of("a", "b", "beside"), Set.of()))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void from_the_start_nothing_is_kept() {
        assertThat(kept("start", Set.of("a", "b", "c", "beside", "join"), Set.of())).isEmpty();
    }

    @Test
    void what_comes_after_a_marked_task_is_done_again_unless_it_is_marked_itself() {
        assertThat(kept("failed", Set.of("a", "b", "c", "beside", "join"), Set.of("b")))
                .containsExactlyInAnyOrder("a", "beside");
        assertThat(kept("failed", Set.of("a", "c", "beside", "join"), Set.of("b", "c")))
                .containsExactlyInAnyOrder("a", "beside");
    }

    @Test
    void a_task_that_is_not_there_and_a_handler_are_refused() {
        for (var from : Set.of("nowhere", "tidy")) {
            assertThatThrownBy(() -> kept(from, Set.of(), Set.of()))
                    .isInstanceOf(Refusal.Invalid.class)
                    .hasMessageContaining("'" + from + "' is none of the workflow's tasks");
        }
    }

    private static Set<String> kept(String from, Set<String> succeeded, Set<String> marked) {
        return Kept.of(GRAPH, from, succeeded::contains, marked);
    }
}
