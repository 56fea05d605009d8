package dev.leat.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms,PT0.5S",
        "30s,PT30S",
        "5m,PT5M",
        "1h30m,PT1H30M",
        "2d,PT48H",
        "0s,PT0S",
        "PT30S,PT30S",
        "P2DT1H,PT49H",
        "pt5m,PT5M",
        "1d2h3m4s5ms,PT26H3M4.005S"
    })
    void durations_are_read_in_both_spellings(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "1.5",
                "-5s",
                "PT-5S",
                "5 m",
                "5min",
                "30m1h",
                "1h1h",
                "P1M",
                "soon",
                "999999999d",
                "99999999999999999999s",
                "PT9999999999999999999S",
                "s",
                "P",
                "PT"
            })
    void anything_else_is_refused_with_a_sentence(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageMatching("(?s).*uration.*\\.");
    }

    @Test
    void a_bare_number_is_told_its_possible_units() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse("5"))
                .withMessage("The duration '5' has no unit; write 5s, 5m or 5h.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"500ms", "30s", "1h30m", "2d", "0s", "1d2h3m4s5ms"})
    void the_text_of_a_duration_reads_back(String text) {
        assertThat(Durations.text(Durations.parse(text))).isEqualTo(text);
    }
}
