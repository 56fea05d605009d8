package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CompareResourceTest {

    private static final String TEXT =
            """
            {"id": "%s",
             "inputs": {"type": "object", "properties": {"n": {"type": "integer", "default": 1}}},
             "tasks": [
               {"id": "say", "type": "log", "with": {"message": "${ string(inputs.n) }"}},
               {"id": "clock", "type": "shell", "with": {"command": "date -Ins; echo same"}},
               {"id": "give", "type": "transform", "with": {"value": {"list": [1, "${ inputs.n }"]}}},
               {"id": "check", "type": "fail", "dependsOn": ["say", "clock", "give"], "when": "${ inputs.n > 1 }",
                "with": {"message": "%s"}}],
             "outputs": {"n": "${ inputs.n }"}}""";

    @Test
    void a_failure_is_compared_with_the_last_success() {
        var id = "c-failure";
        store(id, "too many");
        var good = run(id, 1);
        store(id, "far too many");
        var bad = run(id, 2);
        given().get("/api/runs/" + bad + "/compare")
                .then()
                .statusCode(200)
                .body("one.id", equalTo(good))
                .body("one.state", equalTo("SUCCESS"))
                .body("other.id", equalTo(bad))
                .body("inputs.path", contains("/n"))
                .body("inputs[0].one", equalTo(1))
                .body("inputs[0].other", equalTo(2))
                .body(
                        "definition",
                        hasItem(
                                containsString(
                                        "+    \"with\": {\"message\": \"far too many\"}}],")))
                .body("tasks.id", contains("say", "clock", "give", "check"))
                .body("tasks[0].difference", notNullValue())
                .body("tasks[0].line.number", equalTo(1))
                .body("tasks[0].line.one", equalTo("1"))
                .body("tasks[0].line.other", equalTo("2"))
                .body("tasks[2].output.path", contains("/list/1"))
                .body("tasks[3].one", equalTo("SKIPPED"))
                .body("tasks[3].other", equalTo("FAILED"))
                .body("outputs.kind", contains("removed"));
    }

    @Test
    void two_runs_that_did_the_same_differ_in_nothing_but_their_times() {
        var id = "c-same";
        store(id, "too many");
        var one = run(id, 1);
        var other = run(id, 1);
        given().get("/api/runs/" + one + "/compare/" + other)
                .then()
                .statusCode(200)
                .body("inputs", empty())
                .body("definition", empty())
                .body("outputs", empty())
                .body("tasks[1].line", nullValue())
                .body("tasks[0].line", nullValue())
                .body("tasks.output.flatten()", empty());
    }

    @Test
    void without_a_success_and_without_the_run_there_is_nothing_to_compare() {
        var id = "c-none";
        store(id, "too many");
        var bad = run(id, 2);
        given().get("/api/runs/" + bad + "/compare")
                .then()
                .statusCode(404)
                .body("detail", containsString("No run of 'c-none' before this one succeeded"));
        given().get("/api/runs/" + bad + "/compare/0000000000000").then().statusCode(404);
    }

    private static void store(String id, String message) {
        given().contentType("application/json")
                .body(TEXT.formatted(id, message))
                .put("/api/workflows/" + id)
                .then()
                .statusCode(oneOf(200, 201));
    }

    private static String run(String id, int n) {
        return given().body("{\"inputs\": {\"n\": %d}}".formatted(n))
                .post("/api/workflows/" + id + "/runs?wait=30s")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("id");
    }
}
