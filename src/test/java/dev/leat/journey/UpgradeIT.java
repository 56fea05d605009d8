package dev.leat.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.Ids;
import dev.leat.store.database.Databases;
import dev.leat.testing.LeatProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the release before this one left behind is brought up to date and goes on. That the tables
/// can be made from nothing, every other test of store and engine shows, on both databases.
class UpgradeIT {

    /// The last migration of the release before this one.
    private static final String BEFORE = "1";

    private static final long UNFINISHED = 912_000_000_000_001_024L;
    private static final long FINISHED = UNFINISHED + 1;
    private static final long CANCELLED = UNFINISHED + 2;
    private static final long FIRST = UNFINISHED + 3;
    private static final long IN_LINE = UNFINISHED + 4;

    private static final String MIXED =
            """
            {"id": "mixed", "defaults": {"env": {"LEDGER": "%s"}}, "tasks": [
              {"id": "done", "type": "shell", "with": {"command": "echo done >> \\"$LEDGER\\""}},
              {"id": "lost", "type": "shell", "dependsOn": ["done"], "with": {"command": "echo lost >> \\"$LEDGER\\""}},
              {"id": "flaky", "type": "shell", "retry": {"maxAttempts": 3}, "with": {"command": "echo flaky >> \\"$LEDGER\\""}},
              {"id": "nap", "type": "wait", "with": {"duration": "1h"}},
              {"id": "sum", "type": "transform", "dependsOn": ["lost", "flaky", "nap"], "with": {"value": "${ tasks.done.output.result + 1 }"}}]}""";

    private static final String LIMITED =
            """
            {"id": "limited", "concurrency": {"limit": 1}, "tasks": [
              {"id": "nap", "type": "wait", "with": {"duration": "1h"}}]}""";

    @TempDir Path folder;

    @Test
    void what_an_earlier_release_left_goes_on_on_sqlite() throws Exception {
        var data = Files.createDirectories(folder.resolve("data"));
        var url = "jdbc:sqlite:" + data.resolve("leat.db");
        try (var connection = Databases.migrated(url, BEFORE).openWriter()) {
            fill(connection);
        }
        try (var leat = new LeatProcess(folder)) {
            everythingGoesOn(leat);
        }
    }

    @Test
    void what_an_earlier_release_left_goes_on_on_postgresql() throws Exception {
        try (var server = EmbeddedPostgres.start();
                var leat = new LeatProcess(folder)) {
            var url = server.getJdbcUrl("postgres", "postgres");
            try (var connection = Databases.migrated(url, BEFORE).openWriter()) {
                fill(connection);
            }
            leat.withEnvironment("LEAT_DATABASE_URL", url);
            everythingGoesOn(leat);
        }
    }

    private void everythingGoesOn(LeatProcess leat) throws IOException {
        leat.serve();

        var ended = leat.ended(Ids.text(UNFINISHED));
        assertThat(ended).containsEntry("state", "SUCCESS");
        assertThat(states(ended))
                .hasSize(5)
                .allSatisfy((task, state) -> assertThat(state).as(task).isEqualTo("SUCCESS"));
        assertThat(attempts(ended))
                .containsEntry("done", 1L)
                .containsEntry("lost", 2L)
                .containsEntry("flaky", 2L);
        // From the output that is stored, as what had ended isn't run again.
        assertThat(leat.get("/api/runs/" + Ids.text(UNFINISHED) + "/tasks/sum"))
                .containsEntry("output", 42L);
        assertThat(Files.readAllLines(ledger())).containsExactlyInAnyOrder("lost", "flaky");

        assertThat(leat.ended(Ids.text(CANCELLED))).containsEntry("state", "CANCELLED");
        var before = leat.get("/api/runs/" + Ids.text(FINISHED));
        assertThat(before).containsEntry("state", "SUCCESS");
        assertThat(before).containsEntry("outputs", Map.of("n", 41L));

        assertThat(leat.get("/api/workflows/limited")).containsEntry("revision", 1L);
        assertThat(leat.get("/api/runs/" + Ids.text(IN_LINE))).containsEntry("state", "QUEUED");
        leat.post("/api/runs/" + Ids.text(FIRST) + "/cancel", Map.of());
        leat.run(Ids.text(IN_LINE), run -> "RUNNING".equals(run.get("state")));
    }

    private Path ledger() {
        return folder.resolve("ledger");
    }

    private static Map<String, String> states(Map<String, @Nullable Object> run) {
        return tasks(run)
                .collect(
                        Collectors.toMap(
                                task -> String.valueOf(task.get("id")),
                                task -> String.valueOf(task.get("state"))));
    }

    private static Map<String, Object> attempts(Map<String, @Nullable Object> run) {
        return tasks(run)
                .collect(
                        Collectors.toMap(
                                task -> String.valueOf(task.get("id")),
                                task -> task.get("attempt")));
    }

    @SuppressWarnings("unchecked")
    private static Stream<Map<String, Object>> tasks(Map<String, @Nullable Object> run) {
        return ((List<Map<String, Object>>) run.get("tasks")).stream();
    }

    // ---- what the earlier release wrote

    private void fill(Connection connection) throws SQLException {
        revision(connection, 1, "mixed", MIXED.formatted(ledger()));
        revision(connection, 2, "limited", LIMITED);

        run(connection, UNFINISHED, "mixed", "RUNNING", 1);
        task(connection, UNFINISHED, 3, "done", "SUCCESS", 1, null);
        output(connection, UNFINISHED, "done", "{\"exitCode\": 0, \"result\": 41}");
        task(connection, UNFINISHED, 4, "lost", "RUNNING", 1, null);
        task(connection, UNFINISHED, 5, "flaky", "RETRYING", 1, Instant.now().minusSeconds(5));
        task(connection, UNFINISHED, 6, "nap", "WAITING", 1, Instant.now().plusSeconds(1));

        run(connection, FINISHED, "mixed", "SUCCESS", 1);
        execute(
                connection,
                "update run set finished_at = 2000000, outputs = '{\"n\": 41}' where id = "
                        + FINISHED);

        run(connection, CANCELLED, "limited", "RUNNING", 2);
        task(
                connection,
                CANCELLED,
                3,
                "nap",
                "WAITING",
                1,
                Instant.now().plus(Duration.ofHours(1)));
        execute(connection, "update run set cancel_requested_at = 1 where id = " + CANCELLED);

        run(connection, FIRST, "limited", "RUNNING", 2);
        task(connection, FIRST, 3, "nap", "WAITING", 1, Instant.now().plus(Duration.ofHours(1)));
        run(connection, IN_LINE, "limited", "QUEUED", 2);
    }

    private static void revision(Connection connection, long id, String workflow, String source)
            throws SQLException {
        execute(
                connection,
                "insert into revision (id, workflow, number, hash, source, format, origin, created_at) values (%d, '%s', 1, 'hash-%d', ?, 'JSON', 'api', 1)"
                        .formatted(id, workflow, id),
                source);
        execute(
                connection,
                "insert into workflow (id, namespace, name, description, labels, revision, revision_number, origin, updated_at) values ('%s', 'default', '%s', '', '{}', %d, 1, 'api', 1)"
                        .formatted(workflow, workflow, id));
    }

    private static void run(
            Connection connection, long id, String workflow, String state, long revision)
            throws SQLException {
        var finished = state.equals("SUCCESS") ? "1" : "null";
        var started = state.equals("QUEUED") ? "null" : "1";
        execute(
                connection,
                "insert into run (id, workflow, revision, revision_number, state, inputs, trigger_kind, trigger_facts, labels, task_count, created_at, started_at, finished_at) values (%d, '%s', %d, 1, '%s', '{}', 'api', '{}', '{}', 5, 1, %s, %s)"
                        .formatted(id, workflow, revision, state, started, finished));
        transition(connection, id, 1, null, "QUEUED", 0, null);
        if (!state.equals("QUEUED")) {
            transition(connection, id, 2, null, state, 0, null);
        }
    }

    private static void task(
            Connection connection,
            long run,
            long seq,
            String task,
            String state,
            int attempt,
            @Nullable Instant due)
            throws SQLException {
        var dueAt = due == null ? "null" : String.valueOf(due.toEpochMilli() * 1_000);
        execute(
                connection,
                "insert into task_run (run, task, state, attempt, due_at, started_at, finished_at) values (%d, '%s', '%s', %d, %s, 1, %s)"
                        .formatted(
                                run,
                                task,
                                state,
                                attempt,
                                dueAt,
                                state.equals("SUCCESS") ? "1" : "null"));
        transition(connection, run, seq, task, state, attempt, dueAt);
    }

    private static void output(Connection connection, long run, String task, String json)
            throws SQLException {
        execute(
                connection,
                "insert into task_output (run, task, json) values (%d, '%s', ?)"
                        .formatted(run, task),
                json);
        execute(
                connection,
                "update task_run set has_output = 1 where run = %d and task = '%s'"
                        .formatted(run, task));
    }

    private static void transition(
            Connection connection,
            long run,
            long seq,
            @Nullable String task,
            String state,
            int attempt,
            @Nullable String dueAt)
            throws SQLException {
        execute(
                connection,
                "insert into transition (run, seq, task, state, attempt, due_at, at) values (%d, %d, %s, '%s', %d, %s, 1)"
                        .formatted(
                                run,
                                seq,
                                task == null ? "null" : "'" + task + "'",
                                state,
                                attempt,
                                dueAt));
    }

    private static void execute(Connection connection, String sql, String... texts)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int at = 0; at < texts.length; at++) {
                statement.setString(at + 1, texts[at]);
            }
            statement.executeUpdate();
        }
    }
}
