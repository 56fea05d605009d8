package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.Ids;
import dev.leat.testing.LeatProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that can't be read, written past the program: they harm their own run and nothing else.
class PoisonRowsIT {

    private static final String WAITING =
            """
            {"id": "waiting", "tasks": [
              {"id": "before", "type": "transform", "with": {"value": "${ 1 + 1 }"}},
              {"id": "nap", "type": "wait", "dependsOn": "before", "with": {"duration": "%s"}},
              {"id": "after", "type": "transform", "dependsOn": "nap", "with": {"value": "${ tasks.before.output + 1 }"}}]}""";

    @TempDir Path folder;
    private LeatProcess leat;

    @BeforeEach
    void start() {
        leat = new LeatProcess(folder).serve();
    }

    @AfterEach
    void stop() {
        leat.close();
    }

    @Test
    void only_the_poisoned_runs_are_set_aside_and_all_else_goes_on() throws Exception {
        // Each of another revision, as what is poisoned may be that.
        var poisons =
                Map.ofEntries(
                        Map.entry("inputs", "update run set inputs = '{\"a\": ' where id = ?"),
                        Map.entry("no inputs", "update run set inputs = '[1]' where id = ?"),
                        Map.entry("trigger", "update run set trigger_facts = 'x' where id = ?"),
                        Map.entry("labels", "update run set labels = '' where id = ?"),
                        Map.entry(
                                "source",
                                "update revision set source = '{\"id\": ' where id = (select revision from run where id = ?)"),
                        Map.entry(
                                "another source",
                                "update revision set source = '{\"id\": \"other\", \"tasks\": []}' where id = (select revision from run where id = ?)"),
                        Map.entry("output", "update task_output set json = '{{' where run = ?"),
                        Map.entry(
                                "task error",
                                "update task_run set error = '{{' where task = 'before' and run = ?"),
                        Map.entry("run error", "update run set error = '[]' where id = ?"),
                        Map.entry(
                                "task state",
                                "update task_run set state = 'BOGUS' where task = 'nap' and run = ?"),
                        Map.entry(
                                "unknown task",
                                "update task_run set task = 'ghost' where task = 'before' and run = ?"),
                        Map.entry("history", "update transition set error = '{{' where run = ?"));
        var poisoned = new LinkedHashMap<String, String>();
        int number = 0;
        for (var poison : poisons.keySet()) {
            poisoned.put(poison, leat.start(WAITING.formatted("3" + ++number + "s")));
        }
        var healthy = leat.start(WAITING.formatted("4s"));
        var ended = leat.start(WAITING.formatted("1ms"));
        leat.ended(ended);
        for (var run : poisoned.values()) {
            leat.run(run, seen -> String.valueOf(seen).contains("WAITING"));
        }
        leat.run(healthy, seen -> String.valueOf(seen).contains("WAITING"));
        leat.kill();
        try (var connection =
                DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/leat.db"))) {
            try (var statement = connection.createStatement()) {
                statement.execute("pragma ignore_check_constraints = on");
            }
            for (var poison : poisoned.entrySet()) {
                poison(connection, poisons.get(poison.getKey()), poison.getValue());
            }
            // One that is over is only looked at.
            poison(connection, "update run set error = '{{', outputs = '[[' where id = ?", ended);
            poison(connection, "update task_output set json = '{{' where run = ?", ended);
        }
        leat.serve();

        assertThat(leat.ended(healthy)).containsEntry("state", "SUCCESS");
        var fresh = leat.start(WAITING.formatted("2ms"));
        assertThat(leat.ended(fresh)).containsEntry("state", "SUCCESS");
        var broken = new LinkedHashMap<String, String>();
        poisoned.put("ended", ended);
        // No constraint lets another state in, and nothing is promised of showing one.
        var shown = new LinkedHashMap<>(poisoned);
        shown.remove("task state");
        for (var entry : shown.entrySet()) {
            for (var path :
                    List.of(
                            "/api/runs/%s",
                            "/api/runs/%s/tasks",
                            "/api/runs/%s/logs",
                            "/runs/%s",
                            "/api/runs/%s/tasks/before")) {
                int status = status(path.formatted(entry.getValue()));
                if (status >= 500) {
                    broken.put(entry.getKey() + " " + path, String.valueOf(status));
                }
            }
        }
        for (var path :
                List.of(
                        "/",
                        "/runs",
                        "/api/runs",
                        "/api/runs?state=failed",
                        "/workflows",
                        "/api/workflows",
                        "/api/system")) {
            int status = status(path);
            if (status != 200) {
                broken.put(path, String.valueOf(status));
            }
        }
        assertThat(broken).as("what can't be shown").isEmpty();
        var setAside = List.of("inputs", "trigger", "source", "output", "task state");
        for (var what : setAside) {
            assertThat(state(poisoned.get(what))).as(what).isEqualTo("FAILED");
        }
    }

    /// A list of runs says so, also where the run itself couldn't.
    private String state(String run) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("data/leat.db"));
                var statement = connection.prepareStatement("select state from run where id = ?")) {
            statement.setLong(1, Ids.parse(run));
            var row = statement.executeQuery();
            row.next();
            return row.getString(1);
        }
    }

    private static void poison(Connection connection, String sql, String run) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, Ids.parse(run));
            assertThat(statement.executeUpdate()).as(sql).isPositive();
        }
    }

    private int status(String path) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(leat.address(path))
                        .timeout(Duration.ofSeconds(20))
                        .header(
                                "Accept",
                                path.startsWith("/api") ? "application/json" : "text/html")
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).statusCode();
        }
    }
}
