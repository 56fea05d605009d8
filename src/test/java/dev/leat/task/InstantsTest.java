package dev.leat.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-12-24T18:00:00Z, 2026-12-24T18:00:00Z",
        "2026-12-24T18:00:00+01:00, 2026-12-24T17:00:00Z",
        "2026-12-24T18:00-05:00, 2026-12-24T23:00:00Z",
        "' 2026-12-24 ', 2026-12-24T00:00:00Z"
    })
    void a_moment_has_its_offset_and_a_date_begins_in_utc(String text, Instant moment) {
        assertThat(Instants.parse(text)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-12-24T18:00:00", "2026-13-01", "1766577600"})
    void anything_else_is_refused_with_what_would_do(String text) {
        assertThatThrownBy(() -> Instants.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is no moment")
                .hasMessageContaining("2026-12-24T18:00:00Z");
    }

    @Test
    void a_long_text_is_not_repeated_whole() {
        assertThatThrownBy(() -> Instants.parse("x".repeat(500)))
                .hasMessageContaining("…")
                .message()
                .hasSizeLessThan(300);
    }
}
