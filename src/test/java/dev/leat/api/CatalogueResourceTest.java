package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CatalogueResourceTest {

    @Test
    void task_types_are_listed_with_their_schemas() {
        given().get("/api/task-types")
                .then()
                .statusCode(200)
                .body("taskTypes.name", hasItems("log", "noop", "http", "shell"));
        given().get("/api/task-types/log")
                .then()
                .body("reference", equalTo("log@1"))
                .body("parameters.properties.message", notNullValue());
        given().get("/api/task-types/log@1").then().statusCode(200);
        given().get("/api/task-types/log@99").then().statusCode(404);
        given().get("/api/task-types/nope").then().statusCode(404);
    }

    @Test
    void the_schema_of_workflows_is_there_for_editors() {
        given().accept("application/json")
                .get("/schema/workflow-v1.json")
                .then()
                .statusCode(200)
                .body("'$schema'", containsString("2020-12"))
                .body("'$defs'", notNullValue());
    }

    @Test
    void plugins_are_listed() {
        given().get("/api/plugins").then().statusCode(200).body("plugins", notNullValue());
    }

    @Test
    void the_system_tells_how_it_is() {
        given().get("/api/system")
                .then()
                .statusCode(200)
                .body("version", notNullValue())
                .body("database", equalTo("SQLite"))
                .body("journal.trouble", nullValue())
                .body("nodes", equalTo(1))
                .body("waitingRuns", greaterThanOrEqualTo(0))
                .body("load.slots", equalTo(64))
                .body("load.runningAttempts", greaterThanOrEqualTo(0))
                .body("load.runsInMemory", greaterThanOrEqualTo(0))
                .body("uptimeMillis", greaterThanOrEqualTo(0));
    }

    @Test
    void health_and_metrics_answer_on_their_own_port() {
        int port =
                ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        var base = "http://localhost:" + port;
        given().get(base + "/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
        given().get(base + "/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", hasItems("database", "journal"));
        given().get(base + "/q/metrics")
                .then()
                .statusCode(200)
                .body(
                        containsString("leat_slots_total 64.0"),
                        containsString("leat_slots_running "),
                        containsString("leat_nodes_live 1.0"),
                        containsString("leat_runs_waiting "));
    }
}
