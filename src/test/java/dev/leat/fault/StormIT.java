package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Takes long, and runs only when asked for: `./mvnw verify -Pstorm`, with `-Dstorm.kills=300
// -Dstorm.seed=1`.
@Tag("storm")
class StormIT {

    private static final int KILLS = Integer.getInteger("storm.kills", 50);
    private static final long SEED = Long.getLong("storm.seed", System.nanoTime());

    @TempDir Path folder;

    @Test
    void on_sqlite() throws Exception {
        var report = new StormReport("SQLite, one node", SEED);
        try (var stand = Stand.onSqlite(folder, Storm.limits())) {
            var storm = new Storm(stand, SEED);
            var violations = storm.rage(KILLS, () -> {});
            report.write(storm, stand, violations);
            assertThat(violations).isEmpty();
        }
    }
}
