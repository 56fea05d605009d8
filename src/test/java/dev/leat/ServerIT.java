package dev.leat;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;

import dev.leat.store.Json;
import dev.leat.testing.PackagedServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The packaged server, jar or native binary, through its doors. What is reached by reflection, by
/// a resource or by a native library on the JVM has to be named for the binary: each test here goes
/// through one such part.
@QuarkusIntegrationTest
@QuarkusTestResource(value = PackagedServer.class, restrictToAnnotatedClass = true)
class ServerIT {

    /// Set by [PackagedServer].
    String managementUrl;

    @Test
    void it_is_alive_and_ready() {
        when().get(managementUrl + "/q/health/started").then().statusCode(200);
        when().get(managementUrl + "/q/health/live").then().statusCode(200);
        when().get(managementUrl + "/q/health/ready").then().body("status", equalTo("UP"));
    }

    @Test
    void the_image_asks_for_its_health_in_a_way_that_it_understands() throws Exception {
        var port = managementUrl.substring(managementUrl.lastIndexOf(':') + 1);
        var check = healthCheck().replace("/9000", "/" + port);

        var process = new ProcessBuilder("bash", "-c", check).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void it_measures_itself() {
        when().get(managementUrl + "/q/metrics").then().statusCode(200);
    }

    @Test
    void it_runs_the_sample_that_greets() {
        start("hello", Map.of("name", "Ada"))
                .body("state", equalTo("SUCCESS"))
                .body("outputs.greeting", containsString("Ada"));
    }

    @Test
    void it_evaluates_expressions_with_types_dates_and_lists() {
        runOnce(
                        """
                        {"id": "sums",
                         "inputs": {"type": "object", "properties": {"amounts": {"type": "array", "items": {"type": "number"}}}},
                         "tasks": [{"id": "add", "type": "transform", "with": {"value": {
                            "sum": "${ sum(inputs.amounts) }",
                            "large": "${ inputs.amounts.filter(amount, amount > 2) }",
                            "day": "${ timestamp('2026-11-23T12:00:00Z').date('Europe/Berlin') }"}}}],
                         "outputs": {"result": "${ tasks.add.output }"}}
                        """,
                        Map.of("amounts", List.of(1, 2.5, 3)))
                .body("state", equalTo("SUCCESS"))
                .body("outputs.result.sum", equalTo(6.5f))
                .body("outputs.result.large", hasItems(2.5f, 3))
                .body("outputs.result.day", equalTo("2026-11-23"));
    }

    @Test
    void it_runs_programs_and_the_plugins_that_lie_beside_it() throws Exception {
        runOnce(Files.readString(Path.of("plugins/csv/example.json")), Map.of())
                .body("state", equalTo("SUCCESS"));
        runOnce(Files.readString(Path.of("plugins/files/example.json")), Map.of())
                .body("state", equalTo("SUCCESS"));
    }

    @Test
    void it_tells_everything_that_is_wrong_with_a_definition() {
        given().contentType(ContentType.JSON)
                .body("{\"id\": \"Bad\", \"tsks\": []}")
                .when()
                .put("/api/workflows/bad")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("problems.size()", greaterThan(1));
    }

    @Test
    void it_publishes_its_schema_and_its_description() {
        when().get("/schema/workflow-v1.json").then().statusCode(200);
        given().accept(ContentType.JSON)
                .when()
                .get("/openapi")
                .then()
                .statusCode(200)
                .body("openapi", startsWith("3."));
    }

    @Test
    void it_draws_pages_with_graphs_and_assets() {
        var run = start("month-end", Map.of());
        String id = run.extract().path("id");

        page("/");
        page("/workflows");
        page("/workflows/month-end").body(containsString("<svg"));
        page("/runs/" + id).body(containsString("<svg"));
        page("/plugins");
    }

    @Test
    void it_knows_the_sample_workflows() {
        when().get("/api/workflows").then().body("workflows.id", hasItem("hello"));
    }

    private static ValidatableResponse page(String address) {
        return given().accept(ContentType.HTML)
                .when()
                .get(address)
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"));
    }

    private static ValidatableResponse start(String workflow, Map<String, Object> inputs) {
        return given().contentType(ContentType.JSON)
                .body(Json.write(Map.of("inputs", inputs)))
                .when()
                .post("/api/workflows/" + workflow + "/runs?wait=30s")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse runOnce(String definition, Map<String, Object> inputs) {
        return given().contentType(ContentType.JSON)
                .body(Json.write(Map.of("definition", definition, "inputs", inputs)))
                .when()
                .post("/api/runs?wait=30s")
                .then()
                .statusCode(200);
    }

    /// The third word of the image's health check is what bash is to do.
    private static String healthCheck() throws Exception {
        var text = Files.readString(Path.of("Dockerfile.native")).replace("\\\n", " ");
        var command =
                text.lines()
                        .filter(line -> line.startsWith("HEALTHCHECK"))
                        .map(line -> line.substring(line.indexOf('[')))
                        .findFirst()
                        .orElseThrow();
        var words = (List<?>) Json.read(command);
        return (String) words.get(2);
    }
}
