package dev.leat.journey;

import static dev.leat.journey.Door.state;
import static dev.leat.journey.Door.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.Test;

/// docs/spec/21-switch.md, through the doors.
@QuarkusTest
class SwitchJourneyTest {

    @Test
    void the_first_case_that_fits_starts_its_tasks_and_the_others_are_skipped() {
        var ended = routed("\"de\"", ", \"default\": [\"other\"]");
        assertThat(ended.getString("state")).isEqualTo("SUCCESS");
        assertThat(state(ended, "german")).isEqualTo("SUCCESS");
        assertThat(state(ended, "near")).isEqualTo("SKIPPED");
        assertThat(state(ended, "other")).isEqualTo("SKIPPED");
        assertThat(Door.reason(ended, "other"))
                .isEqualTo("'route' took the branch '0', and the rule is all_success");
        assertThat(state(ended, "always")).isEqualTo("SUCCESS");
        assertThat(state(ended, "join")).isEqualTo("SUCCESS");
        var output = task(ended.getString("id"), "route");
        assertThat(output.getString("output.case")).isEqualTo("0");
        assertThat(output.getList("output.tasks")).isEqualTo(List.of("german"));
    }

    @Test
    void a_case_may_list_values_and_have_a_name() {
        var ended = routed("\"ch\"", ", \"default\": [\"other\"]");
        assertThat(state(ended, "near")).isEqualTo("SUCCESS");
        assertThat(task(ended.getString("id"), "route").getString("output.case"))
                .isEqualTo("neighbour");
    }

    @Test
    void a_case_may_be_a_condition_and_numbers_are_one_kind() {
        assertThat(state(routed("2.0", ""), "near")).isEqualTo("SUCCESS");
        assertThat(state(routed("1000", ""), "german")).isEqualTo("SUCCESS");
    }

    @Test
    void without_a_case_that_fits_the_default_is_taken() {
        var ended = routed("\"fr\"", ", \"default\": [\"other\"]");
        assertThat(state(ended, "other")).isEqualTo("SUCCESS");
        assertThat(task(ended.getString("id"), "route").getString("output.case"))
                .isEqualTo("default");
        assertThat(state(routed("\"fr\"", ", \"default\": []"), "other")).isNull();
    }

    @Test
    void without_a_case_and_a_default_the_task_fails() {
        var ended = routed("\"fr\"", "");
        assertThat(ended.getString("error.code")).isEqualTo("no-case");
        assertThat(state(ended, "german")).isEqualTo("UPSTREAM_FAILED");
    }

    @Test
    void a_branch_that_is_no_dependent_is_refused_before_anything_runs() {
        var text =
                "{\"id\": \"bad\", \"tasks\": [{\"id\": \"route\", \"type\": \"switch\", \"with\": {\"cases\": [{\"is\": 1, \"then\": [\"a\"]}], \"value\": 1}}, {\"id\": \"a\", \"type\": \"noop\"}]}";
        var refused =
                RestAssured.given()
                        .contentType("application/json")
                        .body(text)
                        .put("/api/workflows/bad")
                        .then()
                        .statusCode(422)
                        .extract()
                        .jsonPath();
        assertThat(refused.<String>getList("problems.code")).contains("unknown-branch");
    }

    private static io.restassured.path.json.JsonPath routed(String value, String more) {
        return Door.run(
                """
                {"id": "routed", "tasks": [
                  {"id": "given", "type": "noop", "with": {"output": %s}},
                  {"id": "route", "type": "switch", "dependsOn": ["given"], "with": {"value": "${ tasks.given.output }", "cases": [
                    {"is": "de", "then": ["german"]},
                    {"name": "neighbour", "is": ["at", "ch", 2], "then": ["near"]},
                    {"when": "${ string(tasks.given.output) == '1000' }", "then": ["german"]}]%s}},
                  {"id": "german", "type": "noop", "dependsOn": ["route"]},
                  {"id": "near", "type": "noop", "dependsOn": ["route"]},
                  %s
                  {"id": "always", "type": "noop", "dependsOn": ["route"]},
                  {"id": "join", "type": "noop", "dependsOn": ["german", "near"], "triggerRule": "none_failed_min_one_success"}]}"""
                        .formatted(
                                value,
                                more,
                                more.contains("other")
                                        ? "{\"id\": \"other\", \"type\": \"noop\", \"dependsOn\": [\"route\"]},"
                                        : ""));
    }
}
