package dev.leat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "PT0.35S, 350 ms",
        "PT8S, 8 s",
        "PT1.5S, 1.5 s",
        "PT4M10S, 4 m 10 s",
        "PT5M, 5 m",
        "PT2H5M, 2 h 5 m",
        "P3DT4H, 3 d 4 h",
        "PT-2S, −2 s",
    })
    void durations_read_as_people_write_them(Duration duration, String words) {
        assertThat(Words.duration(duration)).isEqualTo(words);
    }
}
