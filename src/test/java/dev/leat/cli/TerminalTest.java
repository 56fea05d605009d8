package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void only_a_terminal_that_can_is_painted_over() {
        assertThat(Terminal.of(Map.of("TERM", "xterm"), true).live()).isTrue();
        assertThat(Terminal.of(Map.of("TERM", "dumb"), true).live()).isFalse();
        assertThat(Terminal.of(Map.of("TERM", "xterm"), false).live()).isFalse();
    }

    @Test
    void who_wants_no_colours_gets_none() {
        assertThat(Terminal.of(Map.of(), true).colours()).isTrue();
        assertThat(Terminal.of(Map.of("NO_COLOR", "1"), true).colours()).isFalse();
        assertThat(Terminal.of(Map.of("NO_COLOR", ""), true).colours()).isTrue();
    }

    @Test
    void the_size_is_what_the_environment_says_or_an_ordinary_one() {
        assertThat(Terminal.of(Map.of("COLUMNS", "132", "LINES", "50"), true))
                .matches(terminal -> terminal.columns() == 132 && terminal.rows() == 50);
        assertThat(Terminal.of(Map.of("COLUMNS", "wide", "LINES", "-3"), true))
                .matches(terminal -> terminal.columns() == 100 && terminal.rows() == 24);
    }

    @Test
    void escapes_are_taken_out_and_letters_stay() {
        assertThat(Terminal.harmless("\u001b[1;31mgrün\u001b[0m\tok\r\n\u0007"))
                .isEqualTo("grün ok");
        assertThat(Terminal.harmless("\u001b]8;;http://x\u001b\\text\u001b]8;;\u001b\\"))
                .isEqualTo("text");
        assertThat(Terminal.harmless("a\u202eb\u2066c\u009bd")).isEqualTo("abcd");
    }

    @Test
    void what_is_too_long_ends_in_an_ellipsis() {
        assertThat(Terminal.clipped("abcdef", 4)).isEqualTo("abc…");
        assertThat(Terminal.clipped("abcd", 4)).isEqualTo("abcd");
    }
}
