package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Takes long, and runs only when asked for: `./mvnw verify -Pstorm`, with `-Dstorm.kills=300
/// -Dstorm.seed=1`.
@Tag("storm")
class StormIT {

    private static final int KILLS = Integer.getInteger("storm.kills", 50);
    private static final long SEED = Long.getLong("storm.seed", System.nanoTime());

    @TempDir Path folder;

    @Test
    void on_sqlite() throws Exception {
        try (var stand = Stand.onSqlite(folder, Storm.limits())) {
            rage("SQLite, one node", stand, null);
        }
    }

    @Test
    void on_postgresql() throws Exception {
        try (var database = new Postgresql(folder.resolve("postgresql"));
                var stand = Stand.onPostgresql(folder, database.url(), Storm.limits())) {
            rage("PostgreSQL, one node", stand, database::endConnections);
        }
    }

    @Test
    void on_three_nodes() throws Exception {
        try (var database = new Postgresql(folder.resolve("postgresql"))) {
            var urls = Collections.nCopies(3, database.url());
            try (var stand = Stand.ofNodes(folder, database.url(), urls, Storm.limits())) {
                rage("PostgreSQL, three nodes", stand, database::endConnections);
            }
        }
    }

    private static void rage(String name, Stand stand, @Nullable Runnable disturb)
            throws Exception {
        var report = new StormReport(name, SEED);
        var storm = new Storm(stand, SEED);
        var violations = storm.rage(KILLS, disturb);
        report.write(storm, stand, violations);
        assertThat(violations).isEmpty();
    }
}
