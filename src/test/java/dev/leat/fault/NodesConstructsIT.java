package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.LeatProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Answers, signals and runs that start runs, on three nodes that share a PostgreSQL.
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
