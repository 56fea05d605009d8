package dev.leat.api;

import static dev.leat.testing.Changes.AT;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.OtherNodes;
import dev.leat.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is shown where several nodes share a database.
@QuarkusTest
@WithTestResource(PostgresResource.class)
class SeveralNodesTest {

    private static final long PATIENCE = 60_000_000_000L;

    private static final String NO_INPUT =
            """
            {"id": "%s", "tasks": [{"id": "a", "type": "noop"}]}""";
    private static final String WITH_INPUT =
            """
            {"id": "%s",
             "inputs": {"type": "object", "required": ["who"], "properties": {"who": {"type": "string"}}},
             "tasks": [{"id": "a", "type": "noop"}]}""";

    @Inject OtherNodes others;
    @Inject Ids ids;

    private final SlowRuns runs = new SlowRuns();

    @AfterEach
    void end_what_still_runs() {
        runs.close();
    }

    @Test
    void those_that_carry_runs_come_before_those_that_did() {
        var lost = others.live("m-lost");
        others.lose(lost);
        var draining = others.live("m-draining");
        others.drain(draining);
        var stopped = others.live("m-stopped");
        others.leave(stopped);

        var nodes = given().get("/api/nodes").jsonPath();

        assertThat(nodes.getList("nodes.state"))
                .startsWith("DRAINING", "LIVE")
                .containsSubsequence("STOPPED", "LOST");
        assertThat(nodes.getList("nodes.id")).containsSubsequence(draining, stopped, lost);
        given().get("/api/nodes/" + draining)
                .then()
                .body("node.name", equalTo("m-draining"))
                .body("node.self", equalTo(false))
                .body("node.leaseUntil", endsWith("Z"))
                .body("runs", equalTo(List.of()));
        others.leave(draining);
    }

    @Test
    void a_run_says_its_node_on_its_page_once_there_are_several() {
        var run = runs.start("m-page", Texts.slow("m-page"));
        untilNodes(1);
        page("/runs/" + run).then().body(not(containsString("<dt>Node</dt>")));
        var other = others.live("m-other");
        untilNodes(2);

        page("/runs/" + run).then().body(containsString("<dt>Node</dt>"));
        page("/system")
                .then()
                .body(containsString("<td>m-other</td>"))
                .body(containsString("(this one)"));
        others.leave(other);
    }

    /// A node learns later than its callers what another one has stored.
    @Test
    void a_start_is_of_the_revision_that_another_node_has_just_stored() {
        assertThat(saved("m-revised", NO_INPUT).statusCode()).isEqualTo(201);
        startedAs("m-revised", "{}").body("revision", equalTo(1));
        others.save(revision("m-revised", 2, WITH_INPUT));
        startedAs("m-revised", "{\"inputs\": {\"who\": \"a\"}}").body("revision", equalTo(2));
        others.save(revision("m-revised", 3, NO_INPUT));
        startedAs("m-revised", "{}").body("revision", equalTo(3));
        others.save(revision("m-revised", 4, NO_INPUT));
        startedAs("m-revised", "{}").body("revision", equalTo(4));
    }

    @Test
    void a_workflow_that_another_node_has_just_deleted_is_not_started() {
        assertThat(saved("m-deleted", NO_INPUT).statusCode()).isEqualTo(201);
        startedAs("m-deleted", "{}").body("revision", equalTo(1));
        others.save(new Change.WorkflowDeleted("m-deleted", AT));
        started("m-deleted", "{}").then().statusCode(404);
    }

    private static Response saved(String workflow, String text) {
        return given().contentType("application/json")
                .body(text.formatted(workflow))
                .put("/api/workflows/" + workflow);
    }

    private Change.RevisionSaved revision(String workflow, int number, String text) {
        return new Change.RevisionSaved(
                ids.next(),
                workflow,
                number,
                "hash of " + number,
                text.formatted(workflow),
                "JSON",
                "",
                "",
                Map.of(),
                "api",
                null,
                null,
                true,
                AT);
    }

    private static Response started(String workflow, String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/workflows/" + workflow + "/runs?wait=60s");
    }

    private static ValidatableResponse startedAs(String workflow, String body) {
        return started(workflow, body).then().statusCode(200).body("state", equalTo("SUCCESS"));
    }

    private static Response page(String address) {
        return given().accept("text/html").get(address);
    }

    private static void untilNodes(int count) {
        var deadline = System.nanoTime() + PATIENCE;
        JsonPath system;
        do {
            system = given().get("/api/system").jsonPath();
            assertThat(System.nanoTime()).as("%d nodes", count).isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        } while (system.getInt("nodes") != count);
    }
}
