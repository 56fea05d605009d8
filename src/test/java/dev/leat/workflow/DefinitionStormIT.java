package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Takes long, and runs only when asked for: `./mvnw verify -Pstorm -Dit.test=DefinitionStormIT`,
/// with `-Dstorm.definitions=100000 -Dstorm.seed=1`.
@Tag("storm")
class DefinitionStormIT {

    private static final int COUNT = Integer.getInteger("storm.definitions", 100_000);
    private static final long SEED = Long.getLong("storm.seed", 1);
    private static final Path REPORT = Path.of("target/definition-storm.txt");

    @Test
    void a_hundred_thousand_definitions_are_all_answered() throws IOException {
        var tally = DefinitionTally.of(SEED, COUNT);
        Files.writeString(REPORT, tally.line() + "\n" + tally.codes() + "\n");

        assertThat(tally.troubles()).as(tally.line()).isEmpty();
    }
}
