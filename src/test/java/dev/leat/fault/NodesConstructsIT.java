package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.LeatProcess;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Answers, signals, runs that start runs, and what people do with runs, on three nodes that share
/// a PostgreSQL.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodesConstructsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Postgresql database;
    private Stand stand;

    @BeforeAll
    void start(@TempDir Path folder) {
        database = new Postgresql(folder.resolve("postgresql"));
        var url = database.url();
        stand =
                Stand.ofNodes(
                        folder,
                        url,
                        List.of(url, url, url),
                        "-Dleat.cluster.lease=4s",
                        "-Dleat.cluster.renew=500ms");
        stand.nodes.forEach(node -> node.leat().serve());
    }

    @AfterAll
    void stop() {
        stand.close();
        database.close();
    }

    @Test
    void an_answer_through_another_node_reaches_the_task() {
        stand.driver.store(
                "asks",
                "{\"id\": \"asks\", \"tasks\": [{\"id\": \"ask\", \"type\": \"approval\", \"with\": {\"title\": \"Go on?\"}}]}");
        var run = stand.startOn(stand.nodes.getFirst(), "asks");
        untilWaiting(run, "ask");
        assertThat(
                        other(1).post(
                                        "/api/approvals/" + run + "/ask",
                                        Map.of("decision", "approved"))
                                .statusCode())
                .isEqualTo(202);
        assertThat(other(2).ended(run)).containsEntry("state", "SUCCESS");
    }

    @Test
    void a_signal_through_another_node_reaches_the_task() {
        stand.driver.store(
                "waits",
                "{\"id\": \"waits\", \"tasks\": [{\"id\": \"wait\", \"type\": \"waitFor\", \"with\": {\"signal\": \"go\"}}]}");
        var run = stand.startOn(stand.nodes.getFirst(), "waits");
        untilWaiting(run, "wait");
        assertThat(other(1).post("/api/signals/go", Map.of("payload", 1)).body())
                .contains("\"delivered\":1");
        assertThat(other(2).ended(run)).containsEntry("state", "SUCCESS");
    }

    @Test
    void a_parent_whose_node_is_killed_waits_for_the_same_child_elsewhere() {
        stand.driver.store(
                "below",
                "{\"id\": \"below\", \"tasks\": [{\"id\": \"nap\", \"type\": \"wait\", \"with\": {\"duration\": \"8s\"}}]}");
        stand.driver.store(
                "above",
                "{\"id\": \"above\", \"tasks\": [{\"id\": \"sub\", \"type\": \"subflow\", \"with\": {\"workflow\": \"below\"}}]}");
        var run = stand.startOn(stand.nodes.getFirst(), "above");
        Stand.await("the child waits", PATIENCE, () -> children().contains("RUNNING"));
        stand.nodes.getFirst().leat().kill();
        assertThat(other(1).ended(run)).containsEntry("state", "SUCCESS");
        assertThat(children()).containsExactly("SUCCESS");
        stand.nodes.getFirst().leat().serve();
    }

    @Test
    void a_run_is_paused_marked_and_let_go_on_through_nodes_that_do_not_carry_it() {
        var run = running("held");
        assertThat(ask(1, run, "/resume", Map.of()).statusCode()).isEqualTo(409);

        assertThat(ask(1, run, "/pause", Map.of("reason", "look first")).statusCode())
                .isEqualTo(202);
        other(2).run(run, seen -> "PAUSED".equals(seen.get("state")));
        var marked = ask(2, run, "/tasks/long/mark", Map.of("state", "SUCCESS", "output", 7));
        assertThat(marked.statusCode()).as(marked.body()).isEqualTo(202);
        var seen = other(1).run(run, now -> "SUCCESS".equals(task(now, "long").get("state")));
        assertThat(seen).containsEntry("state", "PAUSED");
        assertThat(task(seen, "after").get("state")).isNotEqualTo("SUCCESS");
        assertThat(ask(1, run, "/tasks/long/mark", Map.of("state", "FAILED")).statusCode())
                .isEqualTo(409);

        assertThat(ask(1, run, "/resume", Map.of()).statusCode()).isEqualTo(202);
        var ended = other(2).ended(run);
        assertThat(ended)
                .containsEntry("state", "SUCCESS")
                .containsEntry("outputs", Map.of("got", 7L));
        assertThat(operations(run))
                .containsExactly("PAUSE DONE", "MARK DONE", "MARK REFUSED", "RESUME DONE");
    }

    @Test
    void a_run_is_cancelled_through_a_node_that_does_not_carry_it_and_cleans_up() {
        var run = running("ended");

        assertThat(ask(2, run, "/cancel", Map.of("reason", "enough")).statusCode()).isEqualTo(202);

        var ended = other(1).ended(run);
        assertThat(ended).containsEntry("state", "CANCELLED");
        assertThat(task(ended, "long").get("state")).isEqualTo("CANCELLED");
        assertThat(task(ended, "tidy").get("state")).isEqualTo("SUCCESS");
        assertThat(ask(1, run, "/pause", Map.of()).statusCode()).isEqualTo(409);
        assertThat(operations(run)).containsExactly("CANCEL DONE");
    }

    /// A run that the first node carries, with an attempt that runs there.
    private String running(String workflow) {
        stand.driver.store(
                workflow,
                """
                {"id": "%s", "tasks": [
                   {"id": "long", "type": "shell", "with": {"command": "sleep 300"}},
                   {"id": "after", "type": "noop", "dependsOn": "long", "with": {"output": "${ tasks.long.output }"}}],
                 "finally": [{"id": "tidy", "type": "noop"}],
                 "outputs": {"got": "${ tasks.after.output }"}}
                """
                        .formatted(workflow));
        var run = stand.startOn(stand.nodes.getFirst(), workflow);
        other(1).run(run, seen -> "RUNNING".equals(task(seen, "long").get("state")));
        return run;
    }

    private HttpResponse<String> ask(int node, String run, String what, Map<String, ?> body) {
        return other(node).post("/api/runs/" + run + what, body);
    }

    private static Map<?, ?> task(Map<String, ?> run, String id) {
        return ((List<?>) run.get("tasks"))
                .stream()
                        .map(each -> (Map<?, ?>) each)
                        .filter(each -> id.equals(each.get("id")))
                        .findFirst()
                        .orElseThrow();
    }

    private List<String> operations(String run) {
        return ((List<?>) other(1).get("/api/runs/" + run + "/operations").get("operations"))
                .stream()
                        .map(each -> (Map<?, ?>) each)
                        .map(each -> each.get("action") + " " + each.get("state"))
                        .toList();
    }

    private LeatProcess other(int number) {
        return stand.nodes.get(number).leat();
    }

    private void untilWaiting(String run, String task) {
        other(1).run(run, seen -> String.valueOf(seen.get("taskCounts")).contains("WAITING"));
        assertThat(other(1).get("/api/runs/" + run + "/tasks/" + task)).containsKey("task");
    }

    private List<String> children() {
        return ((List<?>) other(1).get("/api/runs?workflow=below").get("runs"))
                .stream().map(run -> String.valueOf(((Map<?, ?>) run).get("state"))).toList();
    }
}
