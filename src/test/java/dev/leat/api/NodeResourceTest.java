package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.leat.store.OtherNodes;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class NodeResourceTest {

    @Inject OtherNodes others;

    private final SlowRuns runs = new SlowRuns();

    @AfterEach
    void end_what_still_runs() {
        runs.close();
    }

    @Test
    void the_node_that_answers_is_among_the_nodes() {
        given().get("/api/nodes")
                .then()
                .statusCode(200)
                .body("nodes[0].self", equalTo(true))
                .body("nodes[0].state", equalTo("LIVE"))
                .body("nodes[0].id", matchesPattern("[0-9a-z]{13}"))
                .body("nodes[0].name", not(equalTo("")))
                .body("nodes[0].slots", equalTo(64))
                .body("nodes[0].startedAt", endsWith("Z"))
                .body("nodes[0].seenAt", endsWith("Z"))
                .body("nodes[0].leaseUntil", nullValue());
    }

    @Test
    void a_node_counts_its_attempts_and_runs_and_shows_the_runs() {
        var run = slow("n-carried");
        var node = self();

        assertThat(node.getInt("running")).isPositive();
        assertThat(node.getInt("runs")).isPositive();
        given().get("/api/nodes/" + node.getString("id") + "?limit=500")
                .then()
                .statusCode(200)
                .body("node.self", equalTo(true))
                .body("runs.id", hasItem(run))
                .body("runs.find { it.id == '" + run + "' }.workflow", equalTo("n-carried"))
                .body("runs.find { it.id == '" + run + "' }.state", equalTo("RUNNING"));
    }

    @Test
    void the_runs_of_a_node_come_in_pages_of_which_none_shifts() {
        var first = slow("n-paged");
        var second = slow("n-paged");
        var id = self().getString("id");
        var seen = new ArrayList<String>();

        var address = "/api/nodes/" + id + "?limit=1";
        while (address != null) {
            var page = given().get(address).then().statusCode(200).extract().jsonPath();
            seen.addAll(page.getList("runs.id"));
            address = page.getString("next");
        }

        assertThat(seen).contains(first, second).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void a_run_names_the_node_that_carries_it_and_keeps_the_name() {
        var run = slow("n-named");
        var id = self().getString("id");

        given().get("/api/runs/" + run).then().body("node", equalTo(id));
        given().get("/api/runs?workflow=n-named").then().body("runs[0].node", equalTo(id));
        SlowRuns.cancel(run);
        SlowRuns.untilItHasEnded(run);
        given().get("/api/runs/" + run).then().body("node", equalTo(id));
        given().get("/api/nodes/" + id + "?limit=500").then().body("runs.id", not(hasItem(run)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000000", "x", "1", "zzzzzzzzzzzzz"})
    void a_node_that_is_not_there_is_not_found(String node) {
        given().get("/api/nodes/" + node)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("'" + node + "'"));
    }

    @Test
    void a_query_that_means_nothing_is_a_bad_request() {
        var id = self().getString("id");
        for (var query : List.of("limit=0", "limit=all", "limit=100000")) {
            given().get("/api/nodes?" + query).then().statusCode(400);
            given().get("/api/nodes/" + id + "?" + query).then().statusCode(400);
        }
        given().get("/api/nodes/" + id + "?cursor=x")
                .then()
                .statusCode(400)
                .body("detail", containsString("'cursor'"));
    }

    @Test
    void whoever_holds_an_embedded_database_knows_that_all_others_are_gone() {
        var ghost = others.live("n-ghost");

        given().get("/api/nodes/" + ghost)
                .then()
                .body("node.state", equalTo("LOST"))
                .body("node.runs", equalTo(0));
        others.lose(ghost);
    }

    @Test
    void a_limit_keeps_the_first() {
        given().get("/api/nodes?limit=1").then().body("nodes", hasSize(1));
        given().get("/api/nodes").then().body("nodes.size()", greaterThanOrEqualTo(1));
    }

    private String slow(String workflow) {
        var run = runs.start(workflow, Texts.slow(workflow));
        SlowRuns.until(run, "tasks[0].state", "RUNNING");
        return run;
    }

    private static JsonPath self() {
        var nodes = given().get("/api/nodes").jsonPath();
        assertThat(nodes.getBoolean("nodes[0].self")).isTrue();
        nodes.setRootPath("nodes[0]");
        return nodes;
    }
}
