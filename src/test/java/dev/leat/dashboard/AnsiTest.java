package dev.leat.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.dashboard.Ansi.Span;
import dev.leat.store.search.LogQuery;
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
        assertThat(Ansi.spans("x".repeat(5_000), 4_000).getFirst().text()).hasSize(4_000);
        assertThat(Ansi.left("x".repeat(5_000), 4_000)).isEqualTo(1_000);
        assertThat(Ansi.left("x".repeat(5_000) + "\rshort", 4_000)).isZero();
    }

    @Test
    void the_first_sixteen_of_many_colours_are_shown_and_no_parameter_is_taken_for_another() {
        assertThat(
                        Ansi.spans(
                                ESCAPE
                                        + "[38;5;9mx"
                                        + ESCAPE
                                        + "[38:5:2my"
                                        + ESCAPE
                                        + "[38:2::3:4:1mz"))
                .containsExactly(new Span("x", "a-1"), new Span("y", "a-2"), new Span("z", ""));
        assertThat(Ansi.spans(ESCAPE + "[4:3ma" + ESCAPE + "[4:0mb"))
                .containsExactly(new Span("a", "a-underline"), new Span("b", ""));
    }

    @Test
    void what_was_looked_for_stands_out_also_across_colours() {
        var spans = Ansi.spans("one " + ESCAPE + "[31mtwo" + ESCAPE + "[0m three");

        assertThat(Ansi.marked(spans, LogQuery.parse("\"one two\" three")))
                .containsExactly(
                        new Span("one ", "", true),
                        new Span("two", "a-1", true),
                        new Span(" ", ""),
                        new Span("three", "", true));
    }
}
