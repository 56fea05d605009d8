package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Runs that go on until a test is over.
final class SlowRuns implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long BETWEEN_LOOKS = Duration.ofMillis(20).toNanos();

    private final List<String> started = new ArrayList<>();

    /// Stores the text under its id and starts it.
    String start(String workflow, String text) {
        return start(workflow, text, "{}");
    }

    String start(String workflow, String text, String body) {
        given().contentType("application/json").body(text).put("/api/workflows/" + workflow);
        var run =
                given().contentType("application/json")
                        .body(body)
                        .post("/api/workflows/" + workflow + "/runs")
                        .then()
                        .statusCode(202)
                        .extract()
                        .jsonPath()
                        .getString("id");
        started.add(run);
        return run;
    }

    static void until(String run, String what, String value) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        String now;
        do {
            now = given().get("/api/runs/" + run).jsonPath().getString(what);
            assertThat(System.nanoTime())
                    .as("%s of %s becomes %s and is %s", what, run, value, now)
                    .isLessThan(deadline);
            LockSupport.parkNanos(BETWEEN_LOOKS);
        } while (!value.equals(now));
    }

    static void cancel(String run) {
        given().post("/api/runs/" + run + "/cancel");
    }

    static void untilItHasEnded(String run) {
        given().get("/api/runs/" + run + "/events").then().body(containsString("event:end"));
    }

    @Override
    public void close() {
        started.forEach(SlowRuns::cancel);
        started.forEach(SlowRuns::untilItHasEnded);
    }
}
