package dev.leat.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.Json;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the journeys do over REST, as any program would.
final class Door {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long BETWEEN_LOOKS = Duration.ofMillis(20).toNanos();

    private Door() {}

    /// Stores a workflow under its id.
    static void save(String text) {
        var json = Json.readObject(text);
        var id = json.get("id");
        var name = json.containsKey("namespace") ? json.get("namespace") + "." + id : id;
        post().body(text)
                .put("/api/workflows/" + name)
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
    }

    /// Runs a text once, and waits for its end.
    static JsonPath run(String definition) {
        return ended(start(definition));
    }

    /// Starts a text once.
    ///
    /// @return the run's id
    static String start(String definition) {
        return start(definition, Map.of());
    }

    static String start(String definition, Map<String, Object> inputs) {
        return post().body(
                        Json.write(
                                Map.of(
                                        "definition",
                                        Json.readObject(definition),
                                        "inputs",
                                        inputs)))
                .post("/api/runs")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath()
                .getString("id");
    }

    /// The run as it is now.
    static JsonPath look(String run) {
        return given().get("/api/runs/" + run).jsonPath();
    }

    static JsonPath ended(String run) {
        return until(run, seen -> seen.getString("finishedAt") != null);
    }

    /// The run once a task of it is in a state.
    static JsonPath until(String run, String task, String state) {
        return until(run, seen -> state.equals(state(seen, task)));
    }

    static JsonPath until(String run, Predicate<JsonPath> wanted) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var seen = look(run);
        while (!wanted.test(seen)) {
            assertThat(System.nanoTime())
                    .as("waited in vain; the run is %s", seen.prettify())
                    .isLessThan(deadline);
            LockSupport.parkNanos(BETWEEN_LOOKS);
            seen = look(run);
        }
        return seen;
    }

    static String state(JsonPath run, String task) {
        return of(run, task, "state");
    }

    static @Nullable String reason(JsonPath run, String task) {
        return of(run, task, "reason");
    }

    /// A field of a task.
    static <T> T of(JsonPath run, String task, String field) {
        return run.get("tasks.find { it.id == '" + task + "' }." + field);
    }

    /// A task with its output, or an item of one.
    static JsonPath task(String run, String task) {
        return given().get("/api/runs/" + run + "/tasks/" + task).jsonPath();
    }

    static ValidatableResponse answer(String run, String task, String body) {
        return post().body(body).post("/api/approvals/" + run + "/" + task).then();
    }

    static ValidatableResponse signal(String name, String body) {
        return post().body(body).post("/api/signals/" + name).then();
    }

    static void cancel(String run) {
        given().post("/api/runs/" + run + "/cancel").then().statusCode(202);
    }

    private static io.restassured.specification.RequestSpecification post() {
        return given().contentType("application/json");
    }
}
