package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.workflow.TaskLines.Lines;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskLinesTest {

    private final TaskLines lines = new TaskLines(Loading.config(Map.of()));

    @Test
    void a_task_has_the_lines_from_its_first_value_to_its_last() {
        var text =
                """
                {"id": "w",
                 "tasks": [
                  {"id": "read", "type": "noop"},
                  {"id": "write",
                   "type": "log",
                   "with": {"message": "x"}}],
                 "finally": [{"id": "end", "type": "noop"}]}
                """;
        assertThat(lines.of(new Source(text, Format.JSON, "test")))
                .isEqualTo(
                        Map.of(
                                "read", new Lines(3, 3),
                                "write", new Lines(4, 6),
                                "end", new Lines(7, 7)));
    }

    @Test
    void the_other_spelling_has_lines_too() {
        var text =
                """
                id: w
                tasks:
                  - id: read
                    type: log
                    with:
                      message: x
                """;
        assertThat(lines.of(new Source(text, Format.YAML, "test")))
                .isEqualTo(Map.of("read", new Lines(3, 6)));
    }

    @Test
    void of_a_text_that_cant_be_read_nothing_is_told() {
        assertThat(lines.of(new Source("{", Format.JSON, "test"))).isEmpty();
        assertThat(lines.of(new Source("[]", Format.JSON, "test"))).isEmpty();
    }
}
