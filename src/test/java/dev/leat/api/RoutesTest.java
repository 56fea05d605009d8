package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What this door offers, in one list: a route that appears here by accident fails.
@QuarkusTest
class RoutesTest {

    private static final Set<String> ROUTES =
            Set.of(
                    "GET /api/approvals",
                    "GET /api/calendars",
                    "POST /api/calendars",
                    "GET /api/calendars/{calendar}",
                    "PUT /api/calendars/{calendar}",
                    "DELETE /api/calendars/{calendar}",
                    "GET /api/calendars/{calendar}/days",
                    "GET /api/blackouts",
                    "POST /api/blackouts",
                    "GET /api/blackouts/{blackout}",
                    "PUT /api/blackouts/{blackout}",
                    "DELETE /api/blackouts/{blackout}",
                    "GET /api/approvals/{run}/{task}",
                    "POST /api/approvals/{run}/{task}",
                    "POST /api/signals/{signal}",
                    "GET /api/backfills",
                    "GET /api/backfills/{backfill}",
                    "POST /api/backfills",
                    "POST /api/backfills/{backfill}/cancel",
                    "GET /api/fires",
                    "GET /api/fires/events",
                    "GET /api/forecast",
                    "POST /api/forecast",
                    "POST /api/schedules/preview",
                    "GET /api/triggers",
                    "GET /api/workflows/{workflow}/triggers",
                    "GET /api/workflows/{workflow}/triggers/{trigger}",
                    "GET /api/workflows/{workflow}/triggers/{trigger}/next",
                    "POST /api/workflows/{workflow}/triggers/{trigger}/pause",
                    "POST /api/workflows/{workflow}/triggers/{trigger}/resume",
                    "POST /api/workflows/{workflow}/triggers/{trigger}/fire",
                    "GET /api/runs/{run}/tasks/{task}/items",
                    "GET /api/logs/search",
                    "GET /api/nodes",
                    "GET /api/nodes/{node}",
                    "GET /api/plugins",
                    "GET /api/views",
                    "PUT /api/views/{view}",
                    "DELETE /api/views/{view}",
                    "GET /api/pools",
                    "GET /api/pools/{pool}",
                    "PUT /api/pools/{pool}",
                    "DELETE /api/pools/{pool}",
                    "GET /api/runs",
                    "GET /api/runs/{run}",
                    "GET /api/runs/{run}/events",
                    "GET /api/runs/{run}/compare",
                    "GET /api/runs/{run}/compare/{other}",
                    "GET /api/runs/{run}/logs",
                    "GET /api/runs/{run}/operations",
                    "GET /api/runs/{run}/tasks",
                    "GET /api/runs/{run}/tasks/{task}",
                    "GET /api/runs/{run}/tasks/{task}/output",
                    "GET /api/system",
                    "GET /api/task-types",
                    "GET /api/task-types/{reference}",
                    "GET /api/workflows",
                    "GET /api/workflows/{workflow}",
                    "GET /api/workflows/{workflow}/revisions",
                    "GET /api/workflows/{workflow}/revisions/{number}",
                    "PUT /api/workflows/{workflow}",
                    "DELETE /api/workflows/{workflow}",
                    "POST /hooks/{workflow}/{trigger}",
                    "POST /api/runs",
                    "POST /api/runs/{run}/cancel",
                    "POST /api/runs/{run}/pause",
                    "POST /api/runs/{run}/resume",
                    "POST /api/runs/{run}/labels",
                    "POST /api/runs/bulk",
                    "POST /api/runs/{run}/rerun",
                    "POST /api/runs/{run}/tasks/{task}/mark",
                    "POST /api/runs/{run}/tasks/{task}/skip",
                    "POST /api/workflows",
                    "POST /api/completions",
                    "POST /api/workflows/validate",
                    "POST /api/workflows/{workflow}/runs",
                    "POST /api/workflows/{workflow}/test");

    @Test
    void the_routes_are_these_and_no_others() {
        var found = new TreeSet<String>();
        Map<String, Map<String, Object>> paths = openApi().getMap("paths");
        paths.forEach(
                (path, methods) -> {
                    if (path.startsWith("/api/") || path.startsWith("/hooks/")) {
                        methods.keySet().stream()
                                .filter(Set.of("get", "put", "post", "delete", "patch")::contains)
                                .map(
                                        method ->
                                                method.toUpperCase(java.util.Locale.ROOT)
                                                        + " "
                                                        + path)
                                .forEach(found::add);
                    }
                });
        assertThat(found).containsExactlyInAnyOrderElementsOf(ROUTES);
    }

    @Test
    void each_route_says_what_it_is_for() {
        Map<String, Map<String, Object>> paths = openApi().getMap("paths");
        for (var route : ROUTES) {
            var parts = route.split(" ");
            var operation =
                    (Map<?, ?>)
                            paths.get(parts[1]).get(parts[0].toLowerCase(java.util.Locale.ROOT));
            assertThat(operation.get("summary")).as(route).isNotNull();
            assertThat(operation.get("operationId")).as(route).isNotNull();
        }
    }

    @Test
    void every_other_method_on_a_route_is_a_problem() {
        for (var method : List.of("PATCH", "TRACE", "CONNECT", "FOO")) {
            var status = given().request(method, "/api/runs").getStatusCode();
            assertThat(status).as(method).isBetween(400, 499);
        }
    }

    @Test
    void health_and_metrics_are_not_on_this_port() {
        for (var path :
                List.of("/q/health", "/q/metrics", "/q/dev", "/q/openapi", "/q/arc/beans")) {
            given().get(path).then().statusCode(404).contentType("application/problem+json");
        }
    }

    @Test
    void the_description_is_yaml_unless_json_is_asked_for() {
        given().get("/openapi")
                .then()
                .statusCode(200)
                .contentType(startsWith("application/yaml"))
                .body(startsWith("---\nopenapi: 3."));
        for (var asked : List.of("/openapi?format=json", "/openapi?format=JSON")) {
            given().get(asked).then().statusCode(200).contentType(ContentType.JSON);
        }
        given().accept(ContentType.JSON).get("/openapi").then().contentType(ContentType.JSON);
        given().accept(ContentType.JSON)
                .get("/openapi?format=yaml")
                .then()
                .contentType(startsWith("application/yaml"));
    }

    @Test
    void the_description_is_of_this_version_and_leaves_pages_out() {
        assertThat(openApi().getString("info.title")).isEqualTo("Leat");
        assertThat(openApi().getString("info.version"))
                .isEqualTo(given().get("/api/system").jsonPath().getString("version"));
        Map<String, Object> paths = openApi().getMap("paths");
        assertThat(paths.keySet()).allMatch(path -> path.matches("/(api|hooks|schema)/.*"));
    }

    private static JsonPath openApi() {
        return given().accept("application/json").get("/openapi?format=json").jsonPath();
    }
}
