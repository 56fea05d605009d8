package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.leat.store.OtherNodes;
import dev.leat.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is shown where several nodes share a database.
@QuarkusTest
@WithTestResource(PostgresResource.class)
class SeveralNodesTest {

    private static final long PATIENCE = 60_000_000_000L;

    @Inject OtherNodes others;

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

    private static io.restassured.response.Response page(String address) {
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
