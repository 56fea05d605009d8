package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class OperationResourceTest {

    private static final String NAP =
            """
            {"id": "%s", "tasks": [
              {"id": "nap", "type": "wait", "with": {"duration": "%s"}},
              {"id": "after", "type": "noop", "dependsOn": ["nap"]}]}""";

    /// Fails unless `inputs.good`.
    private static final String BREAKING =
            """
            {"id": "%s",
             "inputs": {"type": "object", "properties": {"good": {"type": "boolean", "default": false}}},
             "tasks": [
               {"id": "first", "type": "transform", "with": {"value": {"n": 1}}},
               {"id": "check", "type": "fail", "dependsOn": ["first"], "when": "${ !inputs.good }", "with": {"message": "not good"}},
               {"id": "beside", "type": "transform", "dependsOn": ["first"], "with": {"value": "${ tasks.first.output.n + 1 }"}},
               {"id": "last", "type": "transform", "dependsOn": ["check", "beside"], "triggerRule": "none_failed",
                "with": {"value": "${ tasks.beside.output + 1 }"}}],
             "outputs": {"n": "${ tasks.last.output }"}}""";

    @Test
    void a_run_is_paused_and_goes_on_and_both_are_told_with_who_and_why() {
        var run = start(NAP.formatted("o-pause", "1h"));
        given().header("Leat-Actor", "anna")
                .body("{\"reason\": \"look first\"}")
                .post("/api/runs/" + run + "/pause")
                .then()
                .statusCode(202)
                .body("state", equalTo("PAUSED"))
                .body("reason", equalTo("paused by anna: look first"));
        given().post("/api/runs/" + run + "/resume")
                .then()
                .statusCode(202)
                .body("state", equalTo("RUNNING"));
        given().post("/api/runs/" + run + "/tasks/nap/skip").then().statusCode(202);
        assertThat(ended(run).getString("state")).isEqualTo("SUCCESS");
        given().get("/api/runs/" + run + "/operations?limit=1")
                .then()
                .body("operations", hasSize(1))
                .body("operations[0].action", equalTo("PAUSE"))
                .body("operations[0].by", equalTo("anna"))
                .body("operations[0].via", equalTo("api"))
                .body("operations[0].reason", equalTo("look first"))
                .body("operations[0].state", equalTo("DONE"))
                .body("next", containsString("after="));
        given().get("/api/runs/" + run + "/operations")
                .then()
                .body("operations.action", contains("PAUSE", "RESUME", "SKIP"))
                .body("next", nullValue());
    }

    @Test
    void an_end_that_somebody_asked_for_is_told_with_who_and_why() {
        var run = start(NAP.formatted("o-cancel", "1h"));
        given().header("Leat-Actor", "anna")
                .body("{\"reason\": \"wrong day\"}")
                .post("/api/runs/" + run + "/cancel")
                .then()
                .statusCode(202);
        assertThat(ended(run).getString("state")).isEqualTo("CANCELLED");
        given().get("/api/runs/" + run + "/operations")
                .then()
                .body("operations.action", contains("CANCEL"))
                .body("operations.reason", contains("wrong day"));
    }

    @Test
    void what_failed_is_done_again_in_a_new_run_and_the_rest_is_kept() {
        var old = failed("o-retry");
        var run =
                given().header("Leat-Actor", "anna")
                        .body("{\"inputs\": {\"good\": true}, \"reason\": \"repaired\"}")
                        .post("/api/runs/" + old + "/rerun?wait=30s")
                        .then()
                        .statusCode(200)
                        .body("state", equalTo("SUCCESS"))
                        .body("rerunOf", equalTo(old))
                        .body("startedBy", equalTo("anna"))
                        .body("outputs.n", equalTo(3))
                        .body(
                                "tasks.find { it.id == 'first' }.reason",
                                equalTo("kept from run " + old))
                        .body("tasks.find { it.id == 'first' }.attempt", equalTo(0))
                        .body("tasks.find { it.id == 'beside' }.attempt", equalTo(0))
                        .body("tasks.find { it.id == 'last' }.attempt", equalTo(1))
                        .extract()
                        .jsonPath()
                        .getString("id");
        given().get("/api/runs/" + old)
                .then()
                .body("state", equalTo("FAILED"))
                .body("reruns", contains(run));
        given().get("/api/runs/" + old + "/operations")
                .then()
                .body("operations.action", contains("RERUN"))
                .body("operations[0].details.run", equalTo(run))
                .body("operations[0].details.kept", contains("first", "beside"))
                .body("operations[0].details.warning", containsString(old));
        given().get("/api/runs/" + run + "/operations")
                .then()
                .body("operations[0].details.rerunOf", equalTo(old))
                .body("operations[0].reason", equalTo("repaired"));
        given().get("/api/runs/" + run + "/tasks/first/output").then().body("n", equalTo(1));
    }

    @Test
    void a_task_is_done_again_with_all_that_comes_after_it() {
        var old = failed("o-from");
        given().body("{\"from\": \"beside\", \"mark\": {\"check\": {\"state\": \"skipped\"}}}")
                .post("/api/runs/" + old + "/rerun?wait=30s")
                .then()
                .statusCode(200)
                .body("state", equalTo("SUCCESS"))
                .body("tasks.find { it.id == 'first' }.attempt", equalTo(0))
                .body("tasks.find { it.id == 'check' }.state", equalTo("SKIPPED"))
                .body("tasks.find { it.id == 'check' }.reason", equalTo("marked SKIPPED by api"))
                .body("tasks.find { it.id == 'beside' }.attempt", equalTo(1));
    }

    @Test
    void from_the_start_nothing_is_kept_and_the_current_revision_may_be_taken() {
        var old = failed("o-start");
        store("o-start", NAP.formatted("o-start", "10ms"));
        given().body("{\"from\": \"start\"}")
                .post("/api/runs/" + old + "/rerun?wait=30s")
                .then()
                .body("state", equalTo("FAILED"))
                .body("revision", equalTo(1))
                .body("tasks.find { it.id == 'first' }.attempt", equalTo(1));
        given().body("{\"from\": \"start\", \"revision\": \"current\", \"inputs\": {}}")
                .post("/api/runs/" + old + "/rerun?wait=30s")
                .then()
                .body("state", equalTo("SUCCESS"))
                .body("revision", equalTo(2));
        given().get("/api/runs/" + old).then().body("reruns", hasSize(2));
    }

    @Test
    void the_same_key_makes_one_run_and_with_another_wish_it_is_refused() {
        var old = failed("o-key");
        var body = "{\"from\": \"start\"}";
        var first = rerun(old, body, "once");
        given().body(body)
                .header("Idempotency-Key", "once")
                .post("/api/runs/" + old + "/rerun")
                .then()
                .statusCode(200)
                .header("Idempotent-Replayed", "true")
                .body("id", equalTo(first));
        given().body("{\"from\": \"failed\"}")
                .header("Idempotency-Key", "once")
                .post("/api/runs/" + old + "/rerun")
                .then()
                .statusCode(422);
    }

    @Test
    void a_run_that_goes_on_or_in_which_nothing_failed_is_not_run_again_from_there() {
        var going = start(NAP.formatted("o-going", "1h"));
        given().post("/api/runs/" + going + "/rerun")
                .then()
                .statusCode(409)
                .body("detail", containsString("hasn't ended"));
        given().post("/api/runs/" + going + "/cancel");
        var fine = start(NAP.formatted("o-fine", "10ms"));
        ended(fine);
        given().post("/api/runs/" + fine + "/rerun")
                .then()
                .statusCode(409)
                .body("detail", containsString("Nothing of run"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"from\": \"nowhere\"}",
                "{\"from\": 1}",
                "{\"mark\": {\"check\": \"SUCCESS\"}}",
                "{\"mark\": {\"check\": {\"state\": \"GOOD\"}}}",
                "{\"mark\": {\"nothing\": {\"state\": \"SUCCESS\"}}}",
                "{\"mark\": {\"check\": {\"state\": \"SKIPPED\", \"output\": 1}}}",
                "{\"inputs\": {\"good\": 3}}",
                "{\"revision\": 0}",
                "{\"again\": true}"
            })
    void what_cannot_be_meant_makes_no_run(String body) {
        var old = failed("o-invalid");
        given().body(body)
                .post("/api/runs/" + old + "/rerun")
                .then()
                .statusCode(422)
                .contentType("application/problem+json");
        given().get("/api/runs/" + old).then().body("reruns", hasSize(0));
    }

    @Test
    void a_task_that_waits_or_has_not_begun_is_marked_and_the_run_goes_on() {
        var run = start(NAP.formatted("o-mark", "1h"));
        await(run, seen -> "WAITING".equals(seen.getString("tasks[0].state")));
        given().body(
                        "{\"state\": \"success\", \"output\": {\"slept\": true}, \"reason\": \"enough\"}")
                .header("Leat-Actor", "anna")
                .post("/api/runs/" + run + "/tasks/nap/mark")
                .then()
                .statusCode(202);
        var ended = ended(run);
        assertThat(ended.getString("state")).isEqualTo("SUCCESS");
        assertThat(ended.getString("tasks[0].reason")).isEqualTo("marked SUCCESS by anna: enough");
        given().get("/api/runs/" + run + "/tasks/nap/output").then().body("slept", equalTo(true));
        given().body("{\"state\": \"FAILED\"}")
                .post("/api/runs/" + run + "/tasks/nap/mark")
                .then()
                .statusCode(409);
    }

    @Test
    void an_attempt_that_runs_is_stopped_before_its_task_is_skipped() {
        var run =
                start(
                        """
                        {"id": "o-skip", "tasks": [
                          {"id": "long", "type": "shell", "with": {"command": "sleep 300"}},
                          {"id": "after", "type": "noop", "dependsOn": ["long"], "triggerRule": "all_done"}]}""");
        await(run, seen -> "RUNNING".equals(seen.getString("tasks[0].state")));
        given().post("/api/runs/" + run + "/tasks/long/skip").then().statusCode(202);
        var ended = ended(run);
        assertThat(ended.getString("state")).isEqualTo("SUCCESS");
        assertThat(ended.getString("tasks[0].state")).isEqualTo("SKIPPED");
        given().get("/api/runs/" + run + "/operations")
                .then()
                .body("operations.action", contains("SKIP"))
                .body("operations.task", contains("long"))
                .body("operations.state", contains("DONE"));
    }

    @Test
    void tasks_and_runs_that_are_not_there_are_not_found() {
        var run = start(NAP.formatted("o-none", "10ms"));
        given().body("{\"state\": \"SUCCESS\"}")
                .post("/api/runs/" + run + "/tasks/nobody/mark")
                .then()
                .statusCode(404);
        given().post("/api/runs/0000000000000/pause").then().statusCode(404);
        given().get("/api/runs/0000000000000/operations").then().statusCode(404);
        given().header("Leat-Actor", "a".repeat(201))
                .post("/api/runs/" + run + "/pause")
                .then()
                .statusCode(400)
                .body("detail", not(nullValue()));
    }

    private static String failed(String id) {
        store(id, BREAKING.formatted(id));
        return given().post("/api/workflows/" + id + "/runs?wait=30s")
                .then()
                .body("state", equalTo("FAILED"))
                .extract()
                .jsonPath()
                .getString("id");
    }

    private static String rerun(String old, String body, String key) {
        return given().body(body)
                .header("Idempotency-Key", key)
                .post("/api/runs/" + old + "/rerun?wait=30s")
                .jsonPath()
                .getString("id");
    }

    private static void store(String id, String text) {
        given().contentType("application/json").body(text).put("/api/workflows/" + id);
    }

    private static String start(String definition) {
        return given().body("{\"definition\": " + definition + "}")
                .post("/api/runs")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath()
                .getString("id");
    }

    private static JsonPath ended(String run) {
        return await(
                run,
                seen ->
                        !seen.getString("state").equals("RUNNING")
                                && !seen.getString("state").equals("PAUSED"));
    }

    private static JsonPath await(String run, Predicate<JsonPath> condition) {
        var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            var seen = given().get("/api/runs/" + run).jsonPath();
            if (condition.test(seen)) {
                return seen;
            }
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
