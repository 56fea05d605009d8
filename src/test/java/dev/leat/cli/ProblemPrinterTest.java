package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.task.Problem;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemPrinterTest {

    @Test
    void a_problem_is_shown_as_compilers_do() {
        var problem =
                Problem.error("unknown-key", "/tasks/0/typ", "There is no key 'typ'.")
                        .at(2, 4)
                        .hinting("did you mean 'type'?");
        assertThat(printed("{\n   \"typ\": 1\n}", problem))
                .isEqualTo(
                        """
                        flow.json:2:4: error[unknown-key]: There is no key 'typ'.
                            2 |    "typ": 1
                              |    ^
                          help: did you mean 'type'?
                        """);
    }

    @Test
    void a_problem_without_a_place_has_its_pointer() {
        assertThat(printed("", Problem.warning("odd", "/tasks", "That is odd.")))
                .isEqualTo("flow.json:/tasks: warning[odd]: That is odd.\n");
    }

    @Test
    void a_tab_and_a_very_long_line_keep_the_caret_in_place() {
        var line = "\t" + "x".repeat(5_000) + "HERE" + "y".repeat(5_000);
        var printed = printed(line, Problem.error("c", "", "m.").at(1, 5_002)).lines().toList();
        assertThat(printed.get(2).indexOf('^')).isEqualTo(printed.get(1).indexOf("HERE"));
        assertThat(printed.get(1)).hasSizeLessThan(120);
        var short_ = printed("\t\"a\": 1", Problem.error("c", "", "m.").at(1, 2)).lines().toList();
        assertThat(short_.get(2).indexOf('^')).isEqualTo(short_.get(1).indexOf("\"a\""));
    }

    @Test
    void nothing_that_a_terminal_would_obey_is_printed() {
        var problem = Problem.error("c", "", "\u001b[31mred\u001b]8;;http://x\u0007link").at(1, 1);
        assertThat(printed("\u001b[2J\u202ex", problem))
                .doesNotContain("\u001b", "\u0007", "\u202e");
    }

    private static String printed(String text, Problem problem) {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new ProblemPrinter(out).print("flow.json", text, List.of(problem));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
