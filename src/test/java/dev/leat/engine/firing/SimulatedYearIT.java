package dev.leat.engine.firing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Runs only when asked for: `./mvnw verify -Pstorm -Dit.test=SimulatedYearIT`, with
/// `-Dstorm.schedules=1000 -Dstorm.seed=1`.
@Tag("storm")
class SimulatedYearIT {

    private static final int SCHEDULES = Integer.getInteger("storm.schedules", 1_000);
    private static final long SEED = Long.getLong("storm.seed", 1);
    private static final Path REPORT = Path.of("target/simulated-year.txt");

    @Test
    void a_year_of_a_thousand_schedules_leaves_no_moment_out_and_has_none_twice()
            throws IOException {
        var from = System.nanoTime();
        var year = new SimulatedYear(SEED);
        year.go(SCHEDULES);
        Files.writeString(
                REPORT,
                "%d schedules, a year, seed %d: %d fires, %d of them missed, in %.1f s\n"
                        .formatted(
                                SCHEDULES,
                                SEED,
                                year.fires,
                                year.missed,
                                (System.nanoTime() - from) / 1e9));

        assertThat(year.wrong).isEmpty();
    }
}
