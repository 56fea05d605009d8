package dev.leat.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.dashboard.Ansi.Span;
import org.junit.jupiter.api.Test;

class AnsiTest {

    private static final String ESCAPE = "\u001b";

    @Test
    void plain_text_stays_as_it_is() {
        assertThat(Ansi.spans("a <b> & c")).containsExactly(new Span("a <b> & c", ""));
    }

    @Test
    void colours_become_classes_until_they_are_reset() {
        assertThat(Ansi.spans(ESCAPE + "[31mred" + ESCAPE + "[0m plain"))
                .containsExactly(new Span("red", "a-1"), new Span(" plain", ""));
    }

    @Test
    void a_colour_takes_the_place_of_the_one_before_and_bold_stays() {
        assertThat(Ansi.spans(ESCAPE + "[1;31ma" + ESCAPE + "[92mb"))
                .containsExactly(new Span("a", "a-1 a-bold"), new Span("b", "a-2 a-bold"));
    }

    @Test
    void colours_that_no_theme_can_answer_for_are_left_out_with_their_parameters() {
        assertThat(Ansi.spans(ESCAPE + "[38;5;196mx" + ESCAPE + "[48;2;1;2;3my"))
                .containsExactly(new Span("x", ""), new Span("y", ""));
    }

    @Test
    void links_titles_and_cursor_movements_leave_only_their_text() {
        var line =
                ESCAPE
                        + "]8;;http://evil.example\u0007click"
                        + ESCAPE
                        + "]8;;\u0007"
                        + ESCAPE
                        + "[2K!";

        assertThat(Ansi.spans(line)).containsExactly(new Span("click", ""), new Span("!", ""));
    }

    @Test
    void of_a_line_that_overwrites_itself_the_last_writing_is_shown() {
        assertThat(Ansi.spans("10 %\r20 %\r30 %\r")).containsExactly(new Span("30 %", ""));
    }

    @Test
    void characters_that_turn_the_reading_direction_are_left_out() {
        assertThat(Ansi.spans("abc\u202edcba\u0000")).containsExactly(new Span("abcdcba", ""));
    }

    @Test
    void a_very_long_line_is_clipped_and_says_by_how_much() {
        var shown = Ansi.spans("x".repeat(5_000)).getFirst().text();

        assertThat(shown).endsWith("(1000 more characters in the raw log)").hasSizeLessThan(4_100);
    }
}
