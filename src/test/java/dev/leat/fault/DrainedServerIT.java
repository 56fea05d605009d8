package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.Json;
import dev.leat.testing.LeatProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server with work that is asked to stop: it says so, begins nothing more, keeps what ends in
/// time, and leaves the rest to the next start.
class DrainedServerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LONG_ENOUGH = "-Dleat.engine.drain-timeout=120s";

    /// Ends when its gate is opened.
    private static final String GATED =
            """
            {"id": "%s", "concurrency": {"limit": 1, "onConflict": "queue"}, "tasks": [
              {"id": "gated", "type": "shell", "with": {"command": "while [ ! -e '%s' ]; do sleep 0.05; done"}},
              {"id": "after", "type": "noop", "dependsOn": %s}]}""";

    @TempDir Path folder;

    @Test
    void on_sqlite() throws Exception {
        try (var stand = Stand.onSqlite(folder, LONG_ENOUGH)) {
            drain(stand, () -> {});
        }
    }

    @Test
    void on_postgresql_where_others_see_it_in_the_nodes_row() throws Exception {
        try (var database = new Postgresql(folder.resolve("postgresql"));
                var stand = Stand.onPostgresql(folder, database.url(), LONG_ENOUGH)) {
            drain(
                    stand,
                    () -> {
                        Stand.await(
                                "the row says so",
                                PATIENCE,
                                () -> nodes(database).equals(List.of("DRAINING")));
                        assertThat(String.valueOf(stand.leat.get("/api/nodes")))
                                .contains("DRAINING");
                    });
            assertThat(nodes(database)).containsExactly("STOPPED", "LIVE");
        }
    }

    /// The first of three ends while the server is being drained, and makes room for the second;
    /// the third has a task left to do.
    private void drain(Stand stand, Runnable meanwhile) throws IOException {
        var leat = stand.leat.serve();
        var gate = folder.resolve("gate");
        var lastGate = folder.resolve("last-gate");
        var running = leat.start(GATED.formatted("first", gate, "[]"));
        var queued = leat.start(GATED.formatted("first", gate, "[]"));
        var unfinished = leat.start(GATED.formatted("third", lastGate, "\"gated\""));
        for (var run : List.of(running, unfinished)) {
            leat.run(run, seen -> String.valueOf(seen.get("tasks")).contains("state=RUNNING"));
        }
        assertThat(leat.isReady()).isTrue();

        leat.askToStop();

        Stand.await("it isn't ready", PATIENCE, () -> !leat.isReady());
        assertThatNothingIsTaken(leat);
        meanwhile.run();
        Files.createFile(gate);
        assertThat(leat.ended(running)).containsEntry("state", "SUCCESS");
        assertThat(leat.get("/api/runs/" + queued)).containsEntry("state", "QUEUED");
        Files.createFile(lastGate);
        assertThat(leat.exitCode()).isZero();
        var left = stand.stored().runs();
        assertThat(left).hasSize(3);
        assertThat(left.get(queued).state()).isEqualTo("QUEUED");
        assertThat(left.get(queued).historyOf("gated")).isEmpty();
        assertThat(left.get(unfinished).state()).isEqualTo("RUNNING");
        assertThat(left.get(unfinished).tasks().get("gated").state()).isEqualTo("SUCCESS");
        assertThat(begun(left.get(unfinished), "after")).isZero();

        leat.serve();

        assertThat(leat.ended(queued)).containsEntry("state", "SUCCESS");
        assertThat(leat.ended(unfinished)).containsEntry("state", "SUCCESS");
        for (var run : stand.stored().runs().values()) {
            assertThat(begun(run, "gated")).as("attempts of %s", run.id()).isOne();
            assertThat(run.tasks().get("gated").attempt()).isOne();
            assertThat(run.tasks().get("gated").lost()).isZero();
        }
    }

    private static void assertThatNothingIsTaken(LeatProcess leat) {
        var definition =
                Json.readObject(
                        "{\"id\": \"late\", \"tasks\": [{\"id\": \"a\", \"type\": \"noop\"}]}");
        var answer = leat.post("/api/runs", Map.of("definition", definition));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("takes no more runs");
    }

    private static long begun(Stored.RunRow run, String task) {
        return run.historyOf(task).stream().filter(step -> step.state().equals("RUNNING")).count();
    }

    private static List<String> nodes(Postgresql database) {
        try (var connection =
                        DriverManager.getConnection(
                                database.url(), Postgresql.USER, Postgresql.USER);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select state from node order by id")) {
            var states = new ArrayList<String>();
            while (rows.next()) {
                states.add(rows.getString(1));
            }
            return states;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
