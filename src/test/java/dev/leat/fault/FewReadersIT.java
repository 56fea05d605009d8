package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Far more that ends at once than there are connections: nobody waits for ever.
class FewReadersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String FEW = "-Dleat.database.readers=2";
    private static final int RUNS = 200;
    private static final String WAITING =
            """
            {"id": "waiting", "tasks": [
              {"id": "it", "type": "waitFor", "with": {"signal": "go"}},
              {"id": "after", "type": "noop", "dependsOn": "it"}]}""";

    @TempDir Path folder;

    @Test
    void on_sqlite() {
        try (var stand = Stand.onSqlite(folder, FEW)) {
            endAtOnce(stand);
        }
    }

    @Test
    void on_postgresql() {
        try (var database = new Postgresql(folder.resolve("postgresql"));
                var stand = Stand.onPostgresql(folder, database.url(), FEW)) {
            endAtOnce(stand);
        }
    }

    /// Each run has somebody who waits for its end.
    private static void endAtOnce(Stand stand) {
        stand.leat.serve();
        stand.driver.store("waiting", WAITING);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs =
                    IntStream.range(0, RUNS)
                            .mapToObj(_ -> stand.startOn(stand.nodes.getFirst(), "waiting"))
                            .toList();
            Stand.await(
                    "all wait",
                    PATIENCE,
                    () ->
                            stand.stored().runs().values().stream()
                                    .allMatch(
                                            run ->
                                                    run.tasks().get("it")
                                                                    instanceof Stored.TaskRow it
                                                            && it.state().equals("WAITING")));
            var asked =
                    runs.stream()
                            .map(
                                    run ->
                                            CompletableFuture.supplyAsync(
                                                    () -> stand.leat.ended(run), clients))
                            .toList();
            assertThat(stand.leat.post("/api/signals/go", Map.of("payload", 1)).body())
                    .contains("\"delivered\":" + RUNS);
            assertThat(asked.stream().map(CompletableFuture::join))
                    .hasSize(RUNS)
                    .allMatch(run -> "SUCCESS".equals(run.get("state")));
        }
        assertThat(stand.leat.isReady()).isTrue();
    }
}
