package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.cli.RunDocument.PlannedTask;
import dev.leat.store.RunEvent;
import dev.leat.store.RunEvent.Cursor;
import dev.leat.store.RunLogs;
import dev.leat.store.TaskState;
import dev.leat.store.Transition;
import dev.leat.task.LogKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeViewTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final Terminal terminal = new Terminal(true, false, true, 80, 12);

    @Test
    void each_task_has_its_state_its_time_its_attempt_and_a_note() {
        var view = view(List.of(task("fetch", 3), task("load", 1)));
        view.show(changed("fetch", TaskState.RUNNING, 1, 1_000_000, null));
        view.show(changed("fetch", TaskState.RETRYING, 1, 1_500_000, "retry 2 of 3 in 1 s"));
        view.show(changed("fetch", TaskState.RUNNING, 2, 2_000_000, null));
        view.show(new RunEvent.Wrote(line("fetch", "half way\u001b[2J"), Cursor.START));
        view.close();
        assertThat(screen())
                .contains("● fetch", "running", "attempt 2/3", "half way")
                .contains("○ load", "pending")
                .doesNotContain("half way\u001b");
    }

    @Test
    void more_tasks_than_lines_show_those_under_way_and_count_the_rest() {
        var tasks = new ArrayList<PlannedTask>();
        for (int number = 0; number < 1_000; number++) {
            tasks.add(task("t" + number, 1));
        }
        var view = view(tasks);
        view.show(changed("t777", TaskState.RUNNING, 1, 1_000_000, null));
        view.show(changed("t888", TaskState.FAILED, 1, 1_000_000, "exit 1"));
        view.tick();
        assertThat(screen().lines().count()).isLessThan(12);
        assertThat(screen()).contains("t777", "t888", "998 pending, 1 running, 1 failed");
    }

    @Test
    void no_line_is_wider_than_the_terminal() {
        var view = view(List.of(task("a_rather_long_name_for_one_task", 1)));
        view.show(
                changed(
                        "a_rather_long_name_for_one_task",
                        TaskState.FAILED,
                        1,
                        1_000_000,
                        "x".repeat(500)));
        view.close();
        assertThat(screen().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void the_cursor_is_hidden_and_comes_back() {
        var view = view(List.of(task("a", 1)));
        view.close();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .startsWith("\u001b[?25l")
                .contains("\u001b[?25h");
    }

    private TreeView view(List<PlannedTask> tasks) {
        return new TreeView(
                out,
                terminal,
                new RunBoard(tasks, true),
                InstantSource.fixed(Instant.ofEpochSecond(3)));
    }

    /// What was painted, without the escapes.
    private String screen() {
        return bytes.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[[?0-9]*[A-Za-z]|\r", "");
    }

    private static RunEvent changed(
            String task, TaskState state, int attempt, long at, String reason) {
        var step = new Transition();
        step.task = task;
        step.state = state.name();
        step.attempt = attempt;
        step.at = at;
        step.reason = reason;
        return new RunEvent.Changed(step, Cursor.START);
    }

    private static RunLogs.Line line(String task, String text) {
        return new RunLogs.Line(1, Instant.EPOCH, task, 1, LogKind.STDOUT, text);
    }

    private static PlannedTask task(String id, int maxAttempts) {
        return new PlannedTask(
                id, "noop", "tasks", List.of(), TaskState.PENDING, 0, maxAttempts, null);
    }
}
