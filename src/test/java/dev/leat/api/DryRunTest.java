package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DryRunTest {

    private static final String TEXT =
            """
            {"id": "%s",
             "inputs": {"type": "object", "properties": {"n": {"type": "integer", "default": 1}}},
             "tasks": [{"id": "say", "type": "log", "with": {"message": "n is ${ inputs.n }"}}]}""";

    @Test
    void a_dry_run_of_a_text_answers_its_plan_and_stores_nothing() {
        given().body("{\"definition\": " + TEXT.formatted("dry-once") + "}")
                .post("/api/runs?dryRun=true")
                .then()
                .statusCode(200)
                .body("workflow", equalTo("dry-once"))
                .body("phases[0].waves[0].id", contains("say"))
                .body("phases[0].waves[0][0].with.message", equalTo("n is 1"));
        given().get("/api/runs?workflow=dry-once").then().body("runs", empty());
        given().get("/api/workflows/dry-once").then().statusCode(404);
    }

    @Test
    void a_dry_run_of_a_workflow_starts_none_and_refuses_what_a_start_would() {
        given().contentType("application/json")
                .body(TEXT.formatted("dry-stored"))
                .put("/api/workflows/dry-stored");
        var url = "/api/workflows/dry-stored/runs?dryRun=";
        given().body("{\"inputs\": {\"n\": 7}}")
                .post(url + "true")
                .then()
                .statusCode(200)
                .body("inputs.n", equalTo(7));
        given().body("{\"inputs\": {\"n\": \"x\"}}").post(url + "true").then().statusCode(422);
        given().post(url + "perhaps").then().statusCode(400);
        given().get("/api/runs?workflow=dry-stored").then().body("runs", empty());
    }
}
