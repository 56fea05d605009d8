package dev.leat.fault;

import dev.leat.store.Ids;
import dev.leat.store.Json;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is in the tables, read past the program.
///
/// @param runs by id as people see it
record Stored(Map<String, RunRow> runs) {

    static final Set<String> RUN_ENDS = Set.of("SUCCESS", "FAILED", "CANCELLED", "TIMED_OUT");
    static final Set<String> TASK_ENDS =
            Set.of(
                    "SUCCESS",
                    "FAILED",
                    "TIMED_OUT",
                    "SKIPPED",
                    "UPSTREAM_FAILED",
                    "CANCELLED",
                    "UNKNOWN");

    /// @param definition the text that the run is pinned to
    /// @param finishedAt microseconds; 0 where it hasn't
    /// @param parent run and task that started it; empty where none did
    record RunRow(
            String id,
            String workflow,
            String definition,
            String state,
            String key,
            String error,
            long finishedAt,
            Map<String, TaskRow> tasks,
            List<Step> history,
            String parent) {

        RunRow(
                String id,
                String workflow,
                String definition,
                String state,
                String key,
                String error,
                long finishedAt,
                Map<String, TaskRow> tasks,
                List<Step> history) {
            this(id, workflow, definition, state, key, error, finishedAt, tasks, history, "");
        }

        boolean ended() {
            return RUN_ENDS.contains(state);
        }

        List<Step> historyOf(String task) {
            return history.stream().filter(step -> task.equals(step.task)).toList();
        }
    }

    record TaskRow(
            String task,
            String state,
            int attempt,
            int lost,
            boolean hasOutput,
            @Nullable String output) {}

    /// A transition. `task` is null where the run itself changed.
    ///
    /// @param at microseconds
    record Step(
            long seq, @Nullable String task, String state, int attempt, String error, long at) {}

    static Stored read(String url, String user) {
        try (var connection = DriverManager.getConnection(url, user, user);
                var statement = connection.createStatement()) {
            // All of one moment.
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
            var outputs = new TreeMap<String, String>();
            try (var rows = statement.executeQuery("select run, task, json from task_output")) {
                while (rows.next()) {
                    outputs.put(rows.getLong(1) + " " + rows.getString(2), rows.getString(3));
                }
            }
            var runs = new TreeMap<Long, RunRow>();
            try (var rows =
                    statement.executeQuery(
                            "select r.id, r.workflow, v.source, r.state, r.idempotency_key, r.error, r.finished_at, r.trigger_kind, r.trigger_facts"
                                    + " from run r join revision v on v.id = r.revision")) {
                while (rows.next()) {
                    var id = rows.getLong(1);
                    runs.put(id, run(id, rows));
                }
            }
            try (var rows =
                    statement.executeQuery(
                            "select run, task, state, attempt, lost, has_output from task_run")) {
                while (rows.next()) {
                    var task = rows.getString(2);
                    runs.get(rows.getLong(1))
                            .tasks
                            .put(
                                    task,
                                    new TaskRow(
                                            task,
                                            rows.getString(3),
                                            rows.getInt(4),
                                            rows.getInt(5),
                                            rows.getInt(6) == 1,
                                            outputs.get(rows.getLong(1) + " " + task)));
                }
            }
            try (var rows =
                    statement.executeQuery(
                            "select run, seq, task, state, attempt, error, at from transition order by run, seq")) {
                while (rows.next()) {
                    runs.get(rows.getLong(1))
                            .history
                            .add(
                                    new Step(
                                            rows.getLong(2),
                                            rows.getString(3),
                                            rows.getString(4),
                                            rows.getInt(5),
                                            text(rows.getString(6)),
                                            rows.getLong(7)));
                }
            }
            return new Stored(
                    runs.values().stream().collect(Collectors.toMap(RunRow::id, run -> run)));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static RunRow run(long id, ResultSet rows) throws SQLException {
        return new RunRow(
                Ids.text(id),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                text(rows.getString(5)),
                text(rows.getString(6)),
                rows.getLong(7),
                new TreeMap<>(),
                new ArrayList<>(),
                parent(rows.getString(8), rows.getString(9)));
    }

    private static String parent(String trigger, String facts) {
        if (!trigger.equals("subflow")) {
            return "";
        }
        var told = Json.readObject(facts);
        return told.get("run") + " " + told.get("task");
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /// How many attempts were begun and recorded.
    long attempts() {
        return runs.values().stream()
                .flatMap(run -> run.history.stream())
                .filter(step -> step.task != null && step.state.equals("RUNNING"))
                .count();
    }
}
