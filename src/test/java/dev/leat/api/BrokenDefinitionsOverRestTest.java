package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Definitions that are wrong in all the ways we know of, through this door.
@QuarkusTest
class BrokenDefinitionsOverRestTest {

    private static final Path BROKEN = Path.of("src", "test", "resources", "broken");

    static Stream<Path> broken() throws IOException {
        try (var files = Files.list(BROKEN)) {
            return files
                    .filter(file -> !file.toString().endsWith(".expected.txt"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void there_are_thirty_or_more() throws IOException {
        assertThat(broken()).hasSizeGreaterThanOrEqualTo(30);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void each_is_refused_with_all_its_problems_and_not_stored(Path file) throws IOException {
        var before = given().get("/api/workflows").jsonPath().getList("workflows.id");
        var posted = send(file, "/api/workflows");
        // An empty text, or one that is no UTF-8, is no definition at all.
        assertThat(posted.getStatusCode()).isIn(400, 422);
        assertThat(posted.getContentType()).startsWith("application/problem+json");
        assertThat(posted.jsonPath().getString("detail")).isNotBlank();
        if (posted.getStatusCode() == 422) {
            assertThat(posted.jsonPath().getList("problems.code")).hasSameSizeAs(expected(file));
            assertThat(posted.jsonPath().getList("problems.severity")).contains("error");
        }
        assertThat(given().get("/api/workflows").jsonPath().getList("workflows.id"))
                .isEqualTo(before);
        var checked = send(file, "/api/workflows/validate");
        assertThat(checked.getStatusCode()).isIn(200, 400);
        if (checked.getStatusCode() == 200) {
            assertThat(checked.jsonPath().getBoolean("valid")).isFalse();
        }
    }

    private static List<String> expected(Path file) throws IOException {
        var name = file.getFileName().toString();
        var expected = name.substring(0, name.lastIndexOf('.')) + ".expected.txt";
        try (var lines = Files.lines(BROKEN.resolve(expected))) {
            return lines.filter(line -> !line.isBlank()).toList();
        }
    }

    private static Response send(Path file, String path) throws IOException {
        var json = file.toString().endsWith(".json");
        return given().contentType(json ? "application/json" : "application/yaml")
                .body(Files.readAllBytes(file))
                .post(path);
    }
}
