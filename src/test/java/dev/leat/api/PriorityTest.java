package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The priority of a start, which orders the runs that wait.
@QuarkusTest
class PriorityTest {

    private final SlowRuns runs = new SlowRuns();

    @AfterEach
    void end_what_still_runs() {
        runs.close();
    }

    @Test
    void of_those_that_wait_the_largest_priority_goes_first_and_then_the_oldest() {
        var holding = start(0);
        SlowRuns.until(holding, "state", "RUNNING");
        var low = start(-100);
        var ordinary = start(0);
        var high = start(100);
        for (var waits : new String[] {low, ordinary, high}) {
            SlowRuns.until(waits, "state", "QUEUED");
        }

        SlowRuns.cancel(holding);
        SlowRuns.until(high, "state", "RUNNING");
        SlowRuns.until(ordinary, "state", "QUEUED");
        SlowRuns.cancel(high);
        SlowRuns.until(ordinary, "state", "RUNNING");
        SlowRuns.until(low, "state", "QUEUED");
    }

    @Test
    void a_queued_run_says_what_it_waits_for_and_the_system_counts_it() {
        var holding = start(0);
        SlowRuns.until(holding, "state", "RUNNING");
        var waits = start(7);

        given().get("/api/runs/" + waits)
                .then()
                .body("state", equalTo("QUEUED"))
                .body("priority", equalTo(7))
                .body("reason", containsString(holding));
        given().get("/api/system").then().body("waitingRuns", equalTo(1));
        given().accept("text/html")
                .get("/runs/" + waits)
                .then()
                .body(containsString("<dt>Priority</dt><dd>7</dd>"))
                .body(containsString(holding));
    }

    @Test
    void it_is_ordinary_where_nobody_says() {
        var body = "{\"definition\": " + Texts.hello("prio-once") + "%s}";
        once(body.formatted("")).statusCode(200).body("priority", equalTo(0));
        once(body.formatted(", \"priority\": -5")).body("priority", equalTo(-5));
        once(body.formatted(", \"priority\": null")).body("priority", equalTo(0));
        given().get("/api/runs?workflow=prio-once&limit=3")
                .then()
                .body("runs.priority", equalTo(java.util.List.of(0, -5, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "-101", "1.5", "\"1\"", "true", "99999999999"})
    void what_is_no_priority_is_refused(String priority) {
        given().contentType("application/json")
                .body(Texts.hello("prio-refused"))
                .put("/api/workflows/prio-refused");
        given().body("{\"priority\": " + priority + "}")
                .post("/api/workflows/prio-refused/runs")
                .then()
                .statusCode(422)
                .body("problems", hasSize(1))
                .body("problems[0].pointer", equalTo("/priority"))
                .body("problems[0].message", containsString("from -100 to 100"));
        once("{\"definition\": "
                        + Texts.hello("prio-refused")
                        + ", \"priority\": "
                        + priority
                        + "}")
                .statusCode(422);
        given().get("/api/runs?workflow=prio-refused").then().body("runs", hasSize(0));
    }

    private String start(int priority) {
        var one = Texts.slow("prio-line");
        var limited = "{\"concurrency\": {\"limit\": 1}, " + one.strip().substring(1);
        return runs.start("prio-line", limited, "{\"priority\": " + priority + "}");
    }

    private static io.restassured.response.ValidatableResponse once(String body) {
        return given().contentType("application/json").body(body).post("/api/runs?wait=30s").then();
    }
}
