package dev.leat.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.LeatProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The constructs of the language when their server is killed in the middle of each, as by `kill
/// -9`, and started again on the same data.
class KilledConstructsIT {

    @TempDir Path folder;
    Path ledger;
    Path gate;
    LeatProcess leat;

    @BeforeEach
    void start() {
        ledger = folder.resolve("ledger");
        gate = folder.resolve("gate");
        leat = new LeatProcess(folder).serve();
    }

    @AfterEach
    void stop() {
        leat.close();
    }

    @Test
    void items_that_have_ended_do_not_run_again() throws IOException {
        var run =
                leat.start(
                        noting(
                                """
                {"id": "each", "type": "shell", "forEach": {"items": [0, 1, 2, 3], "concurrency": 1},
                 "with": {"command": "echo item $N >> $LEDGER; [ $N != 2 ] || while [ ! -e $GATE ]; do sleep 0.05; done", "env": {"N": "${ item }"}}}"""));
        leat.run(run, _ -> lines().contains("item 2"));
        restartWithGateOpen();

        assertSuccess(run);
        assertThat(lines()).containsExactly("item 0", "item 1", "item 2", "item 2", "item 3");
    }

    @Test
    void repetitions_that_have_succeeded_are_not_done_again() {
        var run =
                leat.start(
                        noting(
                                """
                {"id": "again", "type": "shell", "repeat": {"until": "${ repetition == 2 }", "maxTimes": 5, "delay": "1s"},
                 "with": {"command": "echo time $N >> $LEDGER", "env": {"N": "${ repetition }"}}}"""));
        leat.run(run, seen -> "WAITING".equals(task(seen, "again").get("state")));
        leat.kill();
        leat.serve();

        assertSuccess(run);
        assertThat(lines()).containsExactly("time 0", "time 1", "time 2");
    }

    @Test
    void a_switch_that_has_decided_is_not_asked_again() throws IOException {
        var run =
                leat.start(
                        noting(
                                """
                {"id": "route", "type": "switch", "with": {"value": 1, "cases": [{"is": 1, "then": ["one"]}], "default": ["other"]}},
                {"id": "one", "type": "shell", "dependsOn": ["route"], "with": {"command": "echo one >> $LEDGER; while [ ! -e $GATE ]; do sleep 0.05; done"}},
                {"id": "other", "type": "shell", "dependsOn": ["route"], "with": {"command": "echo other >> $LEDGER"}}"""));
        leat.run(run, _ -> lines().contains("one"));
        restartWithGateOpen();

        var ended = assertSuccess(run);
        assertThat(lines()).containsExactly("one", "one");
        assertThat(task(ended, "route")).containsEntry("attempt", 1L);
        assertThat(task(ended, "other")).containsEntry("state", "SKIPPED");
    }

    @Test
    void a_question_is_still_open_after_a_kill_and_an_answer_before_it_counts() {
        var before = leat.start(question("before", ""));
        var after = leat.start(question("after", ""));
        waiting(before, "ask");
        waiting(after, "ask");
        approve(before);
        leat.kill();
        leat.serve();

        assertSuccess(before);
        waiting(after, "ask");
        approve(after);
        assertSuccess(after);
    }

    @Test
    void
            an_answer_that_was_acknowledged_counts_where_the_deadline_passes_while_the_server_is_down() {
        var run = leat.start(question("deadline", ", \"deadline\": \"3s\""));
        waiting(run, "ask");
        approve(run);
        leat.kill();
        leat.serve();

        assertSuccess(run);
    }

    @Test
    void signals_before_the_wait_and_right_before_the_kill_arrive() throws IOException {
        leat.post("/api/signals/kept", Map.of("payload", 1));
        var waiting = leat.start(waitFor("waiting", "told"));
        waiting(waiting, "wait");
        leat.post("/api/signals/told", Map.of("payload", 2));
        leat.kill();
        leat.serve();

        assertThat(assertSuccess(waiting)).containsEntry("outputs", Map.of("got", 2L));
        assertThat(assertSuccess(leat.start(waitFor("kept", "kept"))))
                .containsEntry("outputs", Map.of("got", 1L));
    }

    @Test
    void a_parent_waits_for_the_same_child() throws IOException {
        save(
                "child",
                "{\"id\": \"a\", \"type\": \"shell\", \"with\": {\"command\": \"echo child >> $LEDGER; while [ ! -e $GATE ]; do sleep 0.05; done\"}}");
        var run = leat.start(parent());
        var seen = leat.run(run, _ -> lines().contains("child"));
        restartWithGateOpen();

        var ended = assertSuccess(run);
        assertThat(child(ended)).isEqualTo(child(seen));
        assertThat((List<?>) leat.get("/api/runs?workflow=child").get("runs")).hasSize(1);
        assertThat(lines()).containsExactly("child", "child");
    }

    @Test
    void a_parent_that_was_cancelled_right_before_the_kill_stays_cancelled_with_its_child() {
        save("child", "{\"id\": \"a\", \"type\": \"wait\", \"with\": {\"duration\": \"1h\"}}");
        var run = leat.start(parent());
        var child = child(waiting(run, "sub"));
        leat.run(child, seen -> "RUNNING".equals(seen.get("state")));
        leat.post("/api/runs/" + run + "/cancel", Map.of());
        leat.kill();
        leat.serve();

        assertThat(leat.ended(run)).containsEntry("state", "CANCELLED");
        assertThat(leat.ended(child)).containsEntry("state", "CANCELLED");
    }

    @Test
    void a_wait_goes_on_and_a_kept_output_is_still_there() {
        var cached =
                noting(
                        "{\"id\": \"make\", \"type\": \"shell\", \"cache\": {\"key\": 1, \"ttl\": \"1h\"}, \"with\": {\"command\": \"echo made >> $LEDGER\"}}");
        assertSuccess(leat.start(cached));
        var nap =
                leat.start(
                        noting(
                                "{\"id\": \"nap\", \"type\": \"wait\", \"with\": {\"duration\": \"2s\"}}"));
        var due = waiting(nap, "nap");
        leat.kill();
        leat.serve();

        assertThat(task(assertSuccess(nap), "nap")).containsEntry("attempt", 1L);
        // What is shown of it has microseconds.
        var moment = String.valueOf(task(due, "nap").get("dueAt")).replace("Z", "");
        assertThat(String.valueOf(leat.get("/api/runs/" + nap + "/tasks/nap").get("output")))
                .contains(moment);
        assertSuccess(leat.start(cached));
        assertThat(lines()).containsExactly("made");
    }

    private void restartWithGateOpen() throws IOException {
        leat.kill();
        Files.createFile(gate);
        leat.serve();
    }

    private Map<String, @Nullable Object> waiting(String run, String task) {
        return leat.run(run, seen -> "WAITING".equals(task(seen, task).get("state")));
    }

    private void approve(String run) {
        assertThat(
                        leat.post("/api/approvals/" + run + "/ask", Map.of("decision", "approved"))
                                .statusCode())
                .isEqualTo(202);
    }

    private Map<String, @Nullable Object> assertSuccess(String run) {
        var ended = leat.ended(run);
        assertThat(ended).containsEntry("state", "SUCCESS");
        return ended;
    }

    private static String question(String id, String more) {
        return "{\"id\": \"%s\", \"tasks\": [{\"id\": \"ask\", \"type\": \"approval\", \"with\": {\"title\": \"Go on?\"%s}}]}"
                .formatted(id, more);
    }

    private static String waitFor(String id, String signal) {
        return "{\"id\": \"%s\", \"tasks\": [{\"id\": \"wait\", \"type\": \"waitFor\", \"with\": {\"signal\": \"%s\"}}], \"outputs\": {\"got\": \"${ tasks.wait.output }\"}}"
                .formatted(id, signal);
    }

    private static String parent() {
        return "{\"id\": \"parent\", \"tasks\": [{\"id\": \"sub\", \"type\": \"subflow\", \"with\": {\"workflow\": \"child\"}}]}";
    }

    private static String child(Map<String, @Nullable Object> run) {
        return String.valueOf(((Map<?, ?>) task(run, "sub").get("facts")).get("child"));
    }

    private void save(String id, String tasks) {
        assertThat(
                        leat.post(
                                        "/api/workflows",
                                        dev.leat.store.Json.readObject(
                                                noting(tasks)
                                                        .replace(
                                                                "\"id\": \"noting\"",
                                                                "\"id\": \"" + id + "\"")))
                                .statusCode())
                .isEqualTo(201);
    }

    private String noting(String tasks) {
        return "{\"id\": \"noting\", \"defaults\": {\"env\": {\"LEDGER\": \"%s\", \"GATE\": \"%s\"}}, \"tasks\": [%s]}"
                .formatted(ledger, gate, tasks);
    }

    private List<String> lines() {
        try {
            return Files.exists(ledger) ? Files.readAllLines(ledger) : List.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> task(
            Map<String, @Nullable Object> run, String id) {
        return ((List<Map<String, @Nullable Object>>) run.get("tasks"))
                .stream().filter(task -> id.equals(task.get("id"))).findFirst().orElse(Map.of());
    }
}
