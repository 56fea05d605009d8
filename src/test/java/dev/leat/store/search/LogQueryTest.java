package dev.leat.store.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.store.search.LogQuery.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogQueryTest {

    @ParameterizedTest
    @CsvSource({
        "error, ERROR: broken, true",
        "error, an errors page, false",
        "err*, an Errors page, true",
        "'broken error', error: broken, true",
        "'\"broken error\"', error: broken, false",
        "'\"error broken\"', error: broken, true",
        "'error -broken', error: broken, false",
        "'error -\"broken pipe\"', error: broken, true",
        "order_id=7, 'order_id = 7', true",
        "order_id=7, 'order id 8', false",
        "'(error) -', an error, true",
        "é, É, true"
    })
    void a_line_fits_or_it_does_not(String query, String line, boolean fits) {
        assertThat(LogQuery.parse(query).fits(line)).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({
        "'', needs at least one word",
        "'** -- \"\"', needs at least one word",
        "-error, without a minus",
        "'\"error', has no \" at its end"
    })
    void what_can_not_be_looked_for_is_said(String query, String sentence) {
        assertThatThrownBy(() -> LogQuery.parse(query))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void a_search_has_an_end() {
        assertThatThrownBy(() -> LogQuery.parse("a ".repeat(30)))
                .hasMessageContaining("at most 20");
        assertThatThrownBy(() -> LogQuery.parse("a".repeat(600)))
                .hasMessageContaining("at most 500");
    }

    @Test
    void the_parts_that_were_looked_for_are_told_apart() {
        assertThat(LogQuery.parse("bro* \"error broken\" pipe").found("error: broken pipe, pipe"))
                .containsExactly(new Range(0, 13), new Range(14, 18), new Range(20, 24));
    }
}
