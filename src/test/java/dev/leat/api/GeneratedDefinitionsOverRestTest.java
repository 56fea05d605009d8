package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.workflow.GeneratedDefinition;
import dev.leat.workflow.WorkflowLoader.Format;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Generated definitions through this door: what is wrong is answered as wrong, and never stored.
@QuarkusTest
class GeneratedDefinitionsOverRestTest {

    private static final int COUNT = 1_000;
    private static final long SEED = 1_000_000;

    @Test
    void each_is_answered_and_none_with_errors_is_stored() throws IOException {
        var refused = 0;
        for (long seed = SEED; seed < SEED + COUNT; seed++) {
            var source = GeneratedDefinition.of(seed);
            var type = source.format() == Format.YAML ? "application/yaml" : "application/json";
            var body = source.text().getBytes(StandardCharsets.UTF_8);
            var checked = send(type, body, "/api/workflows/validate");
            var stored = send(type, body, "/api/workflows");

            assertThat(checked.getStatusCode()).as("seed %d", seed).isIn(200, 400, 413);
            assertThat(stored.getStatusCode()).as("seed %d", seed).isIn(200, 201, 400, 413, 422);
            assertThat(checked.asString() + stored.asString())
                    .as("seed %d", seed)
                    .doesNotContain("\\tat ", "Exception");
            var valid = checked.getStatusCode() == 200 && checked.jsonPath().getBoolean("valid");
            assertThat(stored.getStatusCode() < 300).as("seed %d", seed).isEqualTo(valid);
            refused += valid ? 0 : 1;
        }
        assertThat(refused).isBetween(COUNT / 2, COUNT - 1);
    }

    private static Response send(String type, byte[] body, String path) {
        return given().contentType(type).body(body).post(path);
    }
}
