package dev.leat.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.leat.store.Json;
import dev.leat.testing.SentForm;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `Idempotency-Key` of docs/spec/07-rest.md, at every door that starts runs. Webhooks are in
/// [WebhookJourney].
abstract class IdempotentStartsJourney {

    private static final Pattern KEY = Pattern.compile("name=\"key\" value=\"([^\"]+)\"");

    @Test
    void a_hundred_starts_with_one_key_at_once_make_one_run() throws Exception {
        Door.save(workflow("i-start", "a"));
        assertOneRun(
                () -> given().header("Idempotency-Key", "one").post("/api/workflows/i-start/runs"));
        assertThat(runs("i-start")).hasSize(1);
    }

    @Test
    void a_hundred_one_off_runs_with_one_key_at_once_make_one_run() throws Exception {
        var body = oneOff(workflow("i-oneoff", "a"), Map.of());
        assertOneRun(
                () ->
                        given().contentType("application/json")
                                .header("Idempotency-Key", "one")
                                .body(body)
                                .post("/api/runs"));
        assertThat(runs("i-oneoff")).hasSize(1);
    }

    @Test
    void another_text_or_other_inputs_under_the_same_key_are_refused() {
        for (var body :
                List.of(
                        oneOff(workflow("i-other", "a"), Map.of()),
                        oneOff(workflow("i-other", "b"), Map.of()),
                        oneOff(workflow("i-other", "a"), Map.of("name", "Ada")))) {
            var first = runs("i-other").isEmpty();
            given().contentType("application/json")
                    .header("Idempotency-Key", "one")
                    .body(body)
                    .post("/api/runs")
                    .then()
                    .statusCode(first ? 202 : 422)
                    .body(containsString(first ? "i-other" : "was used for run"));
        }
        assertThat(runs("i-other")).hasSize(1);
    }

    @Test
    void a_hundred_reruns_with_one_key_at_once_make_one_run() throws Exception {
        Door.save(workflow("i-rerun", "a"));
        var old = given().post("/api/workflows/i-rerun/runs?wait=30s").jsonPath().getString("id");
        assertOneRun(
                () ->
                        given().contentType("application/json")
                                .header("Idempotency-Key", "again")
                                .body("{\"from\": \"start\"}")
                                .post("/api/runs/" + old + "/rerun"));
        assertThat(runs("i-rerun")).hasSize(2);
    }

    @Test
    void the_dashboards_form_sent_twice_starts_one_run() {
        Door.save(workflow("i-form", "a"));
        var page = given().accept("text/html").get("/workflows/i-form/run").asString();
        var key = KEY.matcher(page);
        assertThat(key.find()).isTrue();
        var places = new HashSet<String>();
        for (int number = 0; number < 3; number++) {
            var answer =
                    SentForm.form().formParam("key", key.group(1)).post("/workflows/i-form/run");
            assertThat(answer.getStatusCode()).isEqualTo(303);
            places.add(answer.getHeader("Location"));
        }
        assertThat(places).hasSize(1);
        assertThat(runs("i-form")).hasSize(1);
    }

    @Test
    void one_key_is_another_in_another_workflow() {
        Door.save(workflow("i-one", "a"));
        Door.save(workflow("i-two", "a"));
        for (var id : List.of("i-one", "i-two")) {
            given().header("Idempotency-Key", "same")
                    .post("/api/workflows/" + id + "/runs")
                    .then()
                    .statusCode(202);
        }
    }

    private static void assertOneRun(Supplier<Response> start) throws Exception {
        var requests = new ArrayList<Callable<Response>>();
        for (int number = 0; number < 100; number++) {
            requests.add(start::get);
        }
        var ids = new HashSet<String>();
        int fresh = 0;
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (var answer : threads.invokeAll(requests)) {
                var replayed = "true".equals(answer.get().getHeader("Idempotent-Replayed"));
                assertThat(answer.get().getStatusCode()).isEqualTo(replayed ? 200 : 202);
                fresh += replayed ? 0 : 1;
                ids.add(answer.get().jsonPath().getString("id"));
            }
        }
        assertThat(ids).hasSize(1);
        assertThat(fresh).isEqualTo(1);
    }

    private static String workflow(String id, String task) {
        return """
               {"id": "%s", "inputs": {"properties": {"name": {"type": "string"}}}, "tasks": [{"id": "%s", "type": "noop"}]}"""
                .formatted(id, task);
    }

    private static String oneOff(String definition, Map<String, Object> inputs) {
        return Json.write(Map.of("definition", definition, "inputs", inputs));
    }

    private static List<String> runs(String workflow) {
        return given().get("/api/runs?workflow=" + workflow + "&limit=200")
                .jsonPath()
                .getList("runs.id");
    }
}
