package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RunResourceTest {

    @Test
    void a_run_is_accepted_and_found_where_the_answer_says() {
        store("r-start", Texts.hello("r-start"));
        var location =
                given().post("/api/workflows/r-start/runs")
                        .then()
                        .statusCode(is(oneOf(202)))
                        .body("workflow", equalTo("r-start"))
                        .body("trigger", equalTo("api"))
                        .extract()
                        .header("Location");
        given().get(location).then().statusCode(200).body("inputs.name", equalTo("world"));
    }

    @Test
    void whoever_waits_gets_the_ended_run_with_its_outputs_tasks_and_attempts() {
        store("r-wait", Texts.hello("r-wait"));
        given().contentType("application/json")
                .body("{\"inputs\": {\"times\": 21}, \"labels\": {\"why\": \"test\"}}")
                .post("/api/workflows/r-wait/runs?wait=30s")
                .then()
                .statusCode(200)
                .body("state", equalTo("SUCCESS"))
                .body("outputs.twice", equalTo(42))
                .body("labels.why", equalTo("test"))
                .body("tasks.id", equalTo(List.of("greet", "after")))
                .body("tasks.state", everyItem(equalTo("SUCCESS")))
                .body("tasks[0].attempts", hasSize(1))
                .body("tasks[0].attempts[0].state", equalTo("SUCCESS"))
                .body("taskCounts.SUCCESS", equalTo(2))
                .body("startedAt", endsWith("Z"))
                .body("durationMillis", notNullValue());
    }

    @Test
    void whoever_waits_too_short_gets_the_run_as_it_is_and_pending_tasks_say_why() {
        store("r-slow", Texts.slow("r-slow"));
        var run =
                given().post("/api/workflows/r-slow/runs?wait=300ms")
                        .then()
                        .statusCode(202)
                        .body("state", equalTo("RUNNING"))
                        .body("tasks[1].state", equalTo("PENDING"))
                        .body("tasks[1].reason", containsString("waiting for 'sleep'"))
                        .extract()
                        .jsonPath()
                        .getString("id");
        given().body("{\"reason\": \"enough\"}")
                .post("/api/runs/" + run + "/cancel")
                .then()
                .statusCode(202);
        var ended = ended(run);
        assertThat(ended.getString("state")).isEqualTo("CANCELLED");
        assertThat(ended.getString("cancelRequestedAt")).isNotNull();
        given().post("/api/runs/" + run + "/cancel").then().statusCode(202);
    }

    @Test
    void a_run_that_has_ended_otherwise_cannot_be_cancelled() {
        store("r-done", Texts.hello("r-done"));
        var run = startAndWait("r-done");
        given().post("/api/runs/" + run + "/cancel").then().statusCode(409);
    }

    @Test
    void inputs_that_do_not_fit_start_nothing() {
        store("r-inputs", Texts.hello("r-inputs"));
        given().body("{\"inputs\": {\"times\": 0, \"nmae\": 1}}")
                .post("/api/workflows/r-inputs/runs")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("problems", hasSize(2));
        given().get("/api/runs?workflow=r-inputs").then().body("runs", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"inputs\": []}",
                "{\"inputs\": {}, \"input\": {}}",
                "{\"labels\": {\"a\": 1}}",
                "{\"revision\": 0}",
                "{\"revision\": \"1\"}"
            })
    void fields_that_cannot_be_used_are_named(String body) {
        store("r-fields", Texts.hello("r-fields"));
        given().body(body)
                .post("/api/workflows/r-fields/runs")
                .then()
                .statusCode(422)
                .body("problems", hasSize(1))
                .body("problems[0].pointer", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "3", "{\"inputs\":{},\"inputs\":{}}", "{}x", "{\"a\":NaN}"})
    void what_is_no_json_object_is_a_bad_request(String body) {
        store("r-json", Texts.hello("r-json"));
        given().body(body)
                .post("/api/workflows/r-json/runs")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void json_without_end_in_depth_is_a_bad_request() {
        given().body("{\"inputs\":" + "[".repeat(100_000))
                .post("/api/workflows/r-json/runs")
                .then()
                .statusCode(400);
    }

    @Test
    void a_definition_runs_once_without_becoming_a_workflow_of_the_list() {
        given().body("{\"definition\": " + Texts.hello("r-once") + ", \"inputs\": {\"times\": 2}}")
                .post("/api/runs?wait=30s")
                .then()
                .statusCode(200)
                .body("outputs.twice", equalTo(4));
        given().get("/api/workflows/r-once").then().statusCode(404);
        given().body("{\"definition\": \"id: r-yaml\\ntasks: [{id: a, type: noop}]\"}")
                .post("/api/runs?wait=30s")
                .then()
                .statusCode(200)
                .body("workflow", equalTo("r-yaml"));
        given().body("{\"definition\": 3}").post("/api/runs").then().statusCode(422);
        given().post("/api/runs").then().statusCode(422);
    }

    @Test
    void fifty_requests_with_one_key_start_one_run() throws Exception {
        store("r-key", Texts.hello("r-key"));
        var ids = new HashSet<String>();
        int fresh = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var requests = new ArrayList<Callable<io.restassured.response.Response>>();
            for (int number = 0; number < 50; number++) {
                requests.add(
                        () ->
                                given().header("Idempotency-Key", "one-and-only")
                                        .post("/api/workflows/r-key/runs"));
            }
            for (var answer : threads.invokeAll(requests)) {
                var replayed = "true".equals(answer.get().getHeader("Idempotent-Replayed"));
                assertThat(answer.get().getStatusCode()).isEqualTo(replayed ? 200 : 202);
                fresh += replayed ? 0 : 1;
                ids.add(answer.get().jsonPath().getString("id"));
            }
        }
        assertThat(ids).hasSize(1);
        assertThat(fresh).isEqualTo(1);
        given().get("/api/runs?workflow=r-key").then().body("runs", hasSize(1));
    }

    @Test
    void the_same_key_for_another_request_is_refused() {
        store("r-other", Texts.hello("r-other"));
        given().header("Idempotency-Key", "k").post("/api/workflows/r-other/runs");
        given().header("Idempotency-Key", "k")
                .body("{\"inputs\": {\"name\": \"Ada\"}}")
                .post("/api/workflows/r-other/runs")
                .then()
                .statusCode(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ü", "x256"})
    void a_key_that_cannot_be_one_is_a_bad_request(String key) {
        store("r-badkey", Texts.hello("r-badkey"));
        given().header("Idempotency-Key", key.equals("x256") ? "x".repeat(256) : key)
                .post("/api/workflows/r-badkey/runs")
                .then()
                .statusCode(400);
    }

    @Test
    void pages_lead_on_without_shifting_and_end() {
        store("r-page", Texts.hello("r-page"));
        var all = new ArrayList<String>();
        for (int number = 0; number < 5; number++) {
            all.addFirst(startAndWait("r-page"));
        }
        var seen = new ArrayList<String>();
        var next = "/api/runs?workflow=r-page&limit=2";
        while (next != null) {
            var page = given().get(next);
            assertThat(page.getStatusCode()).isEqualTo(200);
            seen.addAll(page.jsonPath().getList("runs.id"));
            next = page.jsonPath().getString("next");
            assertThat(page.getHeader("Link"))
                    .isEqualTo(next == null ? null : "<" + next + ">; rel=\"next\"");
            startAndWait("r-page");
        }
        assertThat(seen).isEqualTo(all);
    }

    @Test
    void runs_are_filtered() {
        store("r-filter", Texts.hello("r-filter"));
        startAndWait("r-filter");
        given().get("/api/runs?workflow=r-filter&state=success&trigger=api")
                .then()
                .body("runs", hasSize(1))
                .body("runs[0].tasks", hasSize(0))
                .body("next", nullValue());
        given().get("/api/runs?workflow=r-filter&state=failed").then().body("runs", hasSize(0));
        given().get("/api/runs?workflow=r-filter&since=2100-01-01T00:00:00Z")
                .then()
                .body("runs", hasSize(0));
        given().get("/api/runs?workflow=r-filter&until=2100-01-01T00:00:00Z")
                .then()
                .body("runs", hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=done",
                "limit=0",
                "limit=-1",
                "limit=x",
                "limit=501",
                "since=yesterday",
                "cursor=x",
                "cursor='--"
            })
    void a_query_that_means_nothing_is_a_bad_request(String query) {
        given().get("/api/runs?" + query)
                .then()
                .statusCode(400)
                .body("detail", containsString(query.substring(0, query.indexOf('='))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0000000000000", "zzzzzzzzzzzzz", "0ns3k7x2v9d4m", "'--"})
    void a_run_that_is_not_there_is_not_found_anywhere(String run) {
        for (var path : List.of("", "/tasks", "/tasks/a", "/tasks/a/output", "/logs", "/events")) {
            given().get("/api/runs/" + run + path)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json");
        }
        given().post("/api/runs/" + run + "/cancel").then().statusCode(404);
    }

    @Test
    void a_task_has_its_output_and_its_log() {
        store("r-task", Texts.hello("r-task"));
        var run = startAndWait("r-task");
        given().get("/api/runs/" + run + "/tasks").then().body("tasks", hasSize(2));
        given().get("/api/runs/" + run + "/tasks/after")
                .then()
                .body("output", equalTo(2))
                .body("outputBytes", equalTo(1));
        given().get("/api/runs/" + run + "/tasks/after/output").then().body(equalTo("2"));
        given().get("/api/runs/" + run + "/tasks/nope").then().statusCode(404);
        given().get("/api/runs/" + run + "/tasks/nope/output").then().statusCode(404);
        given().get("/api/runs/" + run + "/logs?task=greet&attempt=1")
                .then()
                .body("lines.text", hasItem("Hello, world!"))
                .body("lines[0].number", equalTo(1))
                .body("next", nullValue());
        given().accept("text/plain")
                .get("/api/runs/" + run + "/logs")
                .then()
                .statusCode(200)
                .header("Content-Disposition", equalTo("attachment; filename=\"" + run + ".log\""))
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", containsString("sandbox"))
                .body(containsString("greet#1 INFO Hello, world!"));
    }

    private static void store(String id, String text) {
        given().contentType("application/json")
                .body(text)
                .put("/api/workflows/" + id)
                .then()
                .statusCode(is(oneOf(200, 201)));
    }

    private static String startAndWait(String workflow) {
        var answer = given().post("/api/workflows/" + workflow + "/runs?wait=30s");
        assertThat(answer.getStatusCode()).isEqualTo(200);
        return answer.jsonPath().getString("id");
    }

    /// The event stream ends when the run does.
    private static JsonPath ended(String run) {
        given().get("/api/runs/" + run + "/events").then().body(containsString("event:end"));
        return given().get("/api/runs/" + run).jsonPath();
    }
}
