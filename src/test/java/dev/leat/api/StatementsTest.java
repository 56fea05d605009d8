package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What requests ask the database for: each statement is a part of what a start costs.
@QuarkusTest
class StatementsTest {

    private static final String WORKFLOW = "statements";

    @Inject MeterRegistry metrics;

    @BeforeEach
    void store() {
        given().contentType("application/json")
                .body(Texts.hello(WORKFLOW))
                .put("/api/workflows/" + WORKFLOW)
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
    }

    @Test
    void a_start_that_waits_asks_for_the_revision_alone() {
        assertThat(fewest(() -> start("?wait=30s"))).isEqualTo(1);
    }

    @Test
    void a_report_takes_four_questions() {
        // The run, its tasks, its history, and what was made of it.
        // So many tasks that it isn't known without asking.
        var tasks =
                IntStream.range(0, 51)
                        .mapToObj("{\"id\": \"t%d\", \"type\": \"noop\"}"::formatted)
                        .collect(Collectors.joining(",", "[", "]"));
        var run =
                given().contentType("application/json")
                        .body(
                                "{\"definition\": {\"id\": \"wide\", \"tasks\": %s}}"
                                        .formatted(tasks))
                        .post("/api/runs?wait=30s")
                        .path("id");
        assertThat(fewest(() -> given().get("/api/runs/" + run).body().path("id"))).isEqualTo(4);
    }

    @Test
    void a_page_of_runs_takes_one_question() {
        assertThat(start("?wait=30s")).isNotNull();
        assertThat(fewest(() -> given().get("/api/runs").body().path("runs[0].id"))).isEqualTo(1);
    }

    private static String start(String query) {
        return given().post("/api/workflows/" + WORKFLOW + "/runs" + query).body().path("id");
    }

    /// The server may ask for something of its own meanwhile, so the best of several counts.
    private int fewest(Supplier<String> request) {
        return IntStream.range(0, 10)
                .map(
                        _ -> {
                            var before = asked();
                            assertThat(request.get()).isNotNull();
                            return asked() - before;
                        })
                .min()
                .orElseThrow();
    }

    private int asked() {
        return (int) metrics.get("leat.store.questions").functionCounter().count();
    }
}
