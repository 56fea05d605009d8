package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.Ids;
import dev.leat.testing.LeatProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What waits in line, when the process dies while something is taken from it, or something in it
/// can't be read. Each is a bug that others had.
class QueueIT {

    private static final String UNLIMITED =
            "{\"id\": \"nap\", \"tasks\": [{\"id\": \"nap\", \"type\": \"wait\", \"with\": {\"duration\": \"%s\"}}]}";

    /// Holds its place for as long as the process is there.
    private static final String BUSY =
            "{\"id\": \"busy\", \"tasks\": [{\"id\": \"work\", \"type\": \"shell\", \"with\": {\"command\": \"sleep 600\"}}]}";

    private static final String LIMITED =
            """
            {"id": "limited", "concurrency": {"limit": 1, "onConflict": "queue"},
             "tasks": [{"id": "work", "type": "shell", "retrySafe": false, "with": {"command": "%s"}}]}""";

    /// Ends once there is a file.
    private static final String GATED =
            "{\"id\": \"gated\", \"tasks\": [{\"id\": \"work\", \"type\": \"shell\", \"with\": {\"command\": \"while [ ! -e %s ]; do sleep 0.05; done\"}}]}";

    /// Starts a run once there is a file, and waits for its end.
    private static final String PARENT =
            """
            {"id": "parent", "tasks": [
              {"id": "first", "type": "shell", "with": {"command": "while [ ! -e %s ]; do sleep 0.05; done"}},
              {"id": "child", "type": "subflow", "dependsOn": "first", "with": {"workflow": "gated"}}]}""";

    private static final String ONE_AT_A_TIME =
            """
            {"id": "one-at-a-time", "concurrency": {"limit": 1, "onConflict": "queue"},
             "tasks": [{"id": "work", "type": "shell", "with": {"command": "while [ ! -e %s ]; do sleep 0.05; done"}}]}""";

    private static final String CALLER =
            "{\"id\": \"caller\", \"tasks\": [{\"id\": \"child\", \"type\": \"subflow\", \"with\": {\"workflow\": \"one-at-a-time\"}}]}";

    @TempDir Path folder;
    private Path gate;
    private LeatProcess leat;

    @BeforeEach
    void start() {
        gate = folder.resolve("gate");
        leat = new LeatProcess(folder).with("-Dleat.engine.max-running-runs=1").serve();
    }

    @AfterEach
    void stop() {
        leat.close();
    }

    /// Kestra #19680: what is on disk between the two is put there.
    @Test
    void a_run_that_was_taken_from_the_line_and_not_begun_when_the_process_died_is_not_lost()
            throws SQLException {
        var carried = leat.start(BUSY);
        var taken = leat.start(UNLIMITED.formatted("1ms"));
        assertThat(leat.get("/api/runs/" + taken)).containsEntry("state", "QUEUED");
        leat.kill();
        change(
                "update run set owner = (select owner from run where id = ?), fence = fence + 1 where state = 'QUEUED'",
                carried);

        leat.with("-Dleat.engine.max-running-runs=2").serve();

        assertThat(leat.ended(taken)).containsEntry("state", "SUCCESS");
        assertThat(leat.get("/api/runs/" + carried)).containsEntry("state", "RUNNING");
    }

    /// Prefect #8566.
    @Test
    void the_place_of_a_run_that_died_with_its_process_is_free_for_the_next_one() {
        var dead = leat.start(LIMITED.formatted("sleep 600"));
        var next = leat.start(LIMITED.formatted("true"));
        leat.run(dead, run -> String.valueOf(run).contains("RUNNING"));
        assertThat(leat.get("/api/runs/" + next)).containsEntry("state", "QUEUED");
        leat.kill();

        leat.serve();

        assertThat(leat.ended(dead)).containsEntry("state", "FAILED");
        assertThat(leat.ended(next)).containsEntry("state", "SUCCESS");
    }

    /// Dagu #2436.
    @Test
    void a_run_in_line_that_cannot_be_read_does_not_keep_the_others_from_their_turn()
            throws SQLException {
        var carried = leat.start(BUSY);
        var poison = leat.start(UNLIMITED.formatted("3ms"));
        var limitedPoison = leat.start(LIMITED.formatted("exit 0"));
        var line =
                List.of(
                        leat.start(UNLIMITED.formatted("1ms")),
                        leat.start(LIMITED.formatted("true")));
        assertThat(leat.get("/api/runs?state=QUEUED").get("runs")).asList().hasSize(4);
        leat.kill();
        for (var each : List.of(poison, limitedPoison)) {
            change(
                    "update revision set source = '{\"id\": ' where id = (select revision from run where id = ?)",
                    each);
        }

        leat.with("-Dleat.engine.max-running-runs=2").serve();

        for (var each : line) {
            assertThat(leat.ended(each)).containsEntry("state", "SUCCESS");
        }
        assertThat(leat.get("/api/runs/" + carried)).containsEntry("state", "RUNNING");
    }

    @Test
    void runs_that_were_under_way_and_are_more_than_there_is_room_for_now_all_go_on()
            throws IOException {
        serveWithRoomFor(5);
        var carried =
                IntStream.range(0, 5).mapToObj(_ -> leat.start(GATED.formatted(gate))).toList();
        serveWithRoomFor(2);

        Files.createFile(gate);

        for (var each : carried) {
            assertThat(leat.ended(each)).containsEntry("state", "SUCCESS");
        }
    }

    @Test
    void runs_that_wait_for_others_do_not_keep_these_from_going_on_after_a_kill()
            throws IOException {
        serveWithRoomFor(3);
        new Driver(leat::address, new Answers()).store("gated", GATED.formatted(gate));
        var begin = folder.resolve("begin");
        var parents =
                List.of(leat.start(PARENT.formatted(begin)), leat.start(PARENT.formatted(begin)));
        Files.createFile(begin);
        Stand.await(
                "both have their child",
                Duration.ofSeconds(60),
                () -> ((List<?>) leat.get("/api/runs?workflow=gated").get("runs")).size() == 2);
        serveWithRoomFor(2);

        Files.createFile(gate);

        for (var each : parents) {
            assertThat(leat.ended(each)).containsEntry("state", "SUCCESS");
        }
    }

    @Test
    void runs_that_wait_for_others_do_not_keep_these_from_their_turn() throws IOException {
        // Two of the callers, and the first's child; or three, where that comes late.
        serveWithRoomFor(3);
        new Driver(leat::address, new Answers())
                .store("one-at-a-time", ONE_AT_A_TIME.formatted(gate));
        var parents = IntStream.range(0, 5).mapToObj(_ -> leat.start(CALLER)).toList();
        Stand.await(
                "two have their child",
                Duration.ofSeconds(60),
                () ->
                        ((List<?>) leat.get("/api/runs?workflow=one-at-a-time").get("runs")).size()
                                >= 2);

        Files.createFile(gate);

        for (var each : parents) {
            assertThat(leat.ended(each)).containsEntry("state", "SUCCESS");
        }
    }

    private void serveWithRoomFor(int runs) {
        leat.kill();
        leat.with("-Dleat.engine.max-running-runs=" + runs).serve();
    }

    private void change(String sql, String run) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("data/leat.db"));
                var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, Ids.parse(run));
            assertThat(statement.executeUpdate()).as(sql).isOne();
        }
    }
}
