package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many runs at once, and the labels by which they are found.
@QuarkusTest
class BulkResourceTest {

    @Test
    void labels_come_and_go_at_any_time_and_runs_are_found_by_them() {
        var run = start("b-label", "10ms", "{\"team\": \"red\", \"a\\\"b\": \"x\"}");
        var other = start("b-label", "10ms", "{\"team\": \"Red\"}");
        find("label=team%3Dred").body("runs.id", contains(run));
        given().header("Leat-Actor", "anna")
                .body(
                        "{\"set\": {\"team\": \"blue\", \"kept\": \"yes\"}, \"remove\": [\"a\\\"b\"]}")
                .post("/api/runs/" + run + "/labels")
                .then()
                .statusCode(200)
                .body("labels.size()", equalTo(2))
                .body("labels.team", equalTo("blue"));
        find("label=team%3Dred").body("runs", hasSize(0));
        find("label=team%3Dblue&label=kept%3Dyes").body("runs.id", contains(run));
        find("label=team%3DRed").body("runs.id", contains(other));
        given().get("/api/runs/" + run + "/operations")
                .then()
                .body("operations.action", contains("LABEL"))
                .body("operations[0].details.remove", contains("a\"b"));
    }

    @Test
    void too_long_labels_are_refused_and_a_label_to_look_for_needs_a_value() {
        var run = start("b-long", "10ms", "{}");
        given().body("{\"set\": {\"" + "n".repeat(101) + "\": \"\"}}")
                .post("/api/runs/" + run + "/labels")
                .then()
                .statusCode(422);
        given().get("/api/runs?label=team").then().statusCode(400);
    }

    @Test
    void all_that_fit_are_cancelled_and_those_that_had_ended_are_told() {
        var going = IntStream.range(0, 5).mapToObj(n -> start("b-cancel", "1h", "{}")).toList();
        var ended = start("b-cancel", "10ms", "{}");
        awaitState(ended, "SUCCESS");
        var body =
                "{\"action\": \"cancel\", \"filter\": {\"workflow\": \"b-cancel\"}, \"reason\": \"all wrong\"%s}";
        bulk(body.formatted(", \"dryRun\": true"))
                .statusCode(200)
                .body("found", equalTo(6))
                .body("done", equalTo(0))
                .body("runs", hasSize(6));
        bulk(body.formatted(""))
                .statusCode(200)
                .body("found", equalTo(6))
                .body("done", equalTo(5))
                .body("failed", equalTo(1))
                .body("failures.run", contains(ended))
                .body("failures[0].reason", containsString("has ended already: SUCCESS"));
        for (var run : going) {
            awaitState(run, "CANCELLED");
            given().get("/api/runs/" + run + "/operations")
                    .then()
                    .body("operations.reason", contains("all wrong"));
        }
    }

    @Test
    void chosen_runs_are_paused_go_on_are_labelled_and_run_again() {
        var runs = List.of(start("b-chosen", "1h", "{}"), start("b-chosen", "1h", "{}"));
        var ids = "\"ids\": [\"%s\", \"%s\"]".formatted(runs.get(0), runs.get(1));
        bulk("{\"action\": \"pause\", " + ids + "}").body("done", equalTo(2));
        runs.forEach(run -> awaitState(run, "PAUSED"));
        bulk("{\"action\": \"resume\", " + ids + "}").body("done", equalTo(2));
        for (var run : runs) {
            given().post("/api/runs/" + run + "/tasks/nap/skip").then().statusCode(202);
            awaitState(run, "SUCCESS");
        }
        bulk("{\"action\": \"label\", \"set\": {\"b\": \"chosen\"}, " + ids + "}")
                .body("done", equalTo(2));
        find("label=b%3Dchosen").body("runs.id", containsInAnyOrder(runs.toArray()));
        bulk("{\"action\": \"rerun\", \"from\": \"start\", " + ids + "}")
                .body("done", equalTo(2))
                .body("made", hasSize(2));
        // Labels go with them.
        find("label=b%3Dchosen").body("runs", hasSize(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"action\": \"cancel\"}",
                "{\"action\": \"cancel\", \"filter\": {}}",
                "{\"action\": \"cancel\", \"all\": \"yes\"}",
                "{\"action\": \"delete\", \"filter\": {\"workflow\": \"w\"}}",
                "{\"filter\": {\"workflow\": \"w\"}}",
                "{\"action\": \"cancel\", \"filter\": {\"workflwo\": \"w\"}}",
                "{\"action\": \"cancel\", \"filter\": {\"workflow\": \"w\"}, \"ids\": [\"0000000000000\"]}"
            })
    void what_could_mean_too_much_does_nothing(String body) {
        bulk(body).statusCode(422).contentType("application/problem+json");
    }

    private static io.restassured.response.ValidatableResponse bulk(String body) {
        return given().body(body).post("/api/runs/bulk").then();
    }

    private static io.restassured.response.ValidatableResponse find(String query) {
        return given().urlEncodingEnabled(false).get("/api/runs?" + query).then().statusCode(200);
    }

    private static String start(String id, String nap, String labels) {
        return given().body(
                        """
                        {"labels": %s, "definition": {"id": "%s", "tasks": [
                          {"id": "nap", "type": "wait", "with": {"duration": "%s"}},
                          {"id": "after", "type": "noop", "dependsOn": ["nap"]}]}}"""
                                .formatted(labels, id, nap))
                .post("/api/runs")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath()
                .getString("id");
    }

    private static void awaitState(String run, String state) {
        var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!state.equals(given().get("/api/runs/" + run).jsonPath().getString("state"))) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
