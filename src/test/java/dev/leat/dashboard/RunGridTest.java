package dev.leat.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import dev.leat.store.WorkflowHistory.Glance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunGridTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @Test
    void tasks_come_after_those_they_wait_for_and_handlers_last() {
        var tasks =
                List.of(
                        new GraphTask("mail", "noop", "finally", List.of(), null, ""),
                        task("load", "clean"),
                        task("clean", "read"),
                        task("read"),
                        task("also"));

        assertThat(RunGrid.inOrder(tasks))
                .extracting(GraphTask::id)
                .containsExactly("read", "also", "clean", "load", "mail");
    }

    @Test
    void a_chain_of_thousands_written_backwards_is_put_in_order() {
        var tasks = new ArrayList<GraphTask>();
        for (int number = 0; number < 5_000; number++) {
            tasks.add(number == 0 ? task("t0") : task("t" + number, "t" + (number - 1)));
        }
        Collections.reverse(tasks);

        assertThat(RunGrid.inOrder(tasks))
                .extracting(GraphTask::id)
                .startsWith("t0", "t1", "t2")
                .endsWith("t4999");
    }

    @Test
    void a_cell_leads_to_the_task_in_its_run_and_says_its_state() {
        var run = run(7, RunState.FAILED, 1_000);
        var grid =
                RunGrid.of(
                        List.of(run),
                        List.of(task("read"), task("load", "read")),
                        Map.of(7L, Map.of("read", TaskState.FAILED)),
                        NOW);

        assertThat(grid.rows().getFirst().cells().getFirst())
                .isEqualTo(new RunGrid.Cell("failed", "Failed", "/runs/0000000000007/tasks/read"));
        assertThat(grid.rows().getLast().cells().getFirst())
                .as("one that was never begun")
                .isEqualTo(new RunGrid.Cell("pending", "Pending", ""));
    }

    @Test
    void the_longest_run_has_the_tallest_bar() {
        var grid =
                RunGrid.of(
                        List.of(
                                run(1, RunState.SUCCESS, 1_000),
                                run(2, RunState.SUCCESS, 4_000),
                                run(3, RunState.SUCCESS, 0)),
                        List.of(),
                        Map.of(),
                        NOW);

        assertThat(grid.columns()).extracting(RunGrid.Column::height).containsExactly(14, 48, 3);
    }

    @Test
    void more_tasks_than_rows_share_them_and_a_row_shows_the_worst() {
        var tasks = IntStream.range(0, 5_000).mapToObj(number -> task("t" + number)).toList();
        var states = new HashMap<String, TaskState>();
        tasks.forEach(task -> states.put(task.id(), TaskState.SUCCESS));
        states.put("t30", TaskState.FAILED);

        var grid = RunGrid.of(List.of(run(7, RunState.FAILED, 1)), tasks, Map.of(7L, states), NOW);

        assertThat(grid.folded()).isTrue();
        assertThat(grid.rows()).hasSize(RunGrid.MOST_ROWS);
        assertThat(grid.rows().get(1).title()).isEqualTo("25 tasks, t25 to t49");
        assertThat(grid.rows().get(1).cells().getFirst().href())
                .isEqualTo("/runs/0000000000007/tasks/t30");
        assertThat(grid.rows().get(2).cells().getFirst().css()).isEqualTo("success");
    }

    @Test
    void where_there_are_very_many_cells_only_what_went_wrong_is_a_link() {
        var runs = new ArrayList<Glance>();
        var states = new HashMap<Long, Map<String, TaskState>>();
        var tasks = IntStream.range(0, 30).mapToObj(number -> task("t" + number)).toList();
        for (long id = 1; id <= 365; id++) {
            runs.add(run(id, RunState.SUCCESS, 1));
            states.put(id, Map.of("t0", TaskState.SUCCESS, "t1", TaskState.FAILED));
        }

        var grid = RunGrid.of(runs, tasks, states, NOW);

        assertThat(grid.rows().get(0).cells()).allMatch(cell -> cell.href().isEmpty());
        assertThat(grid.rows().get(1).cells()).noneMatch(cell -> cell.href().isEmpty());
    }

    private static GraphTask task(String id, String... dependsOn) {
        return new GraphTask(id, "noop", "tasks", List.of(dependsOn), null, "");
    }

    private static Glance run(long id, RunState state, long millis) {
        return new Glance(id, state, 1, 0, 1_000L, 1_000 + millis * 1_000);
    }
}
