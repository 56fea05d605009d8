package dev.leat.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import dev.leat.store.Json;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every sample that ships is run, through the door that a user would take.
abstract class SampleWorkflows {

    /// What each sample ends as, and what it answers.
    record Sample(String file, String state, Map<String, Object> outputs) {}

    static final List<Sample> SAMPLES =
            List.of(
                    new Sample("after-report", "SUCCESS", Map.of()),
                    new Sample("book-trip", "FAILED", Map.of()),
                    new Sample("cached-rates", "SUCCESS", Map.of("price", 300.0f)),
                    new Sample("csv-arrives", "SUCCESS", Map.of("lines", 13)),
                    new Sample("data-chain", "SUCCESS", Map.of("gross", 149.98f)),
                    new Sample("failing-with-handler", "FAILED", Map.of()),
                    new Sample("flaky-step", "SUCCESS", Map.of("said", "done at attempt 3")),
                    new Sample(
                            "for-each",
                            "SUCCESS",
                            Map.of(
                                    "album",
                                    "5 pictures: small-tulip.png, small-rose.png, small-oak.png, small-fern.png, small-moss.png")),
                    new Sample("hello", "SUCCESS", Map.of()),
                    new Sample("load-all", "SUCCESS", Map.of("rows", 14)),
                    new Sample("load-one", "SUCCESS", Map.of("rows", 5)),
                    new Sample(
                            "local-etl",
                            "SUCCESS",
                            Map.of("turnover", 1727.8f, "rejected", List.of(1007))),
                    new Sample("month-close", "SUCCESS", Map.of("closed", "2026-11")),
                    new Sample("month-end", "SUCCESS", Map.of("rows", 378)),
                    new Sample(
                            "nightly-report",
                            "SUCCESS",
                            Map.of("report", Map.of("day", "2026-10-01", "orders", 3))),
                    new Sample(
                            "on-push",
                            "SUCCESS",
                            Map.of("told", "ada pushed 1 to example/shop, branch main")),
                    new Sample(
                            "order-payment",
                            "SUCCESS",
                            Map.of("letter", "A-4711 ships, 129.9 EUR received")),
                    new Sample("parallel-branches", "SUCCESS", Map.of()),
                    new Sample("poll-until-done", "SUCCESS", Map.of("asked", 4)),
                    new Sample("pooled", "SUCCESS", Map.of("printed", "3")),
                    new Sample("release", "SUCCESS", Map.of("shipped", 1)),
                    new Sample(
                            "route-by-country", "SUCCESS", Map.of("label", "at, by neighbours")));

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void a_sample_ends_as_it_says(Sample sample) throws IOException {
        var definition =
                Json.readObject(Files.readString(Path.of("workflows", sample.file() + ".json")));
        if (sample.file().equals("load-all")) {
            store("load-one");
        }
        var run =
                given().contentType(ContentType.JSON)
                        .body(Json.write(Map.of("definition", definition)))
                        .when()
                        .post("/api/runs?wait=60s")
                        .then()
                        .statusCode(200)
                        .body("state", equalTo(sample.state()));
        sample.outputs().forEach((name, value) -> run.body("outputs." + name, equalTo(value)));
    }

    /// What another sample starts.
    private static void store(String sample) throws IOException {
        given().contentType(ContentType.JSON)
                .body(Files.readString(Path.of("workflows", sample + ".json")))
                .when()
                .put("/api/workflows/" + sample)
                .then()
                .statusCode(lessThan(300));
    }

    @Test
    void no_sample_is_forgotten_here() throws IOException {
        try (var files = Files.list(Path.of("workflows"))) {
            var shipped =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".json"))
                            .filter(name -> !name.endsWith(".test.json"))
                            .collect(Collectors.toCollection(TreeSet::new));
            assertThat(shipped)
                    .containsExactlyElementsOf(
                            SAMPLES.stream().map(sample -> sample.file() + ".json").toList());
        }
    }
}
