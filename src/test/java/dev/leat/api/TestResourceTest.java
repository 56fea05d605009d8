package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TestResourceTest {

    private static final String WORKFLOW = "tested-over-rest";

    @BeforeEach
    void store() {
        given().contentType(ContentType.JSON)
                .body(
                        """
                        {"id": "tested-over-rest", "tasks": [
                          {"id": "ask", "type": "shell", "with": {"command": "exit 9"}},
                          {"id": "say", "type": "log", "dependsOn": ["ask"], "with": {"message": "${ tasks.ask.output.stdout }"}}]}""")
                .put("/api/workflows/" + WORKFLOW)
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
    }

    @Test
    void tests_of_a_stored_workflow_are_run_without_starting_anything() {
        test("""
                        {"tests": [
                          {"name": "says it", "mocks": {"ask": {"output": {"exitCode": 0, "stdout": "yes", "result": null}}},
                           "expect": {"state": "SUCCESS", "tasks": {"say": {"with": {"message": "yes"}}}}},
                          {"name": "is wrong", "mocks": {"ask": {"fails": {"code": "exit.9"}}}, "expect": {"state": "SUCCESS"}}]}""")
                .statusCode(200)
                .body("workflow", equalTo(WORKFLOW))
                .body("passed", equalTo(false))
                .body("tests.name", contains("says it", "is wrong"))
                .body("tests.passed", contains(true, false))
                .body("tests[1].failures[0].pointer", equalTo("/tests/1/expect/state"))
                .body("tests[1].failures[0].actual", equalTo("\"FAILED\""));
        given().get("/api/runs?workflow=" + WORKFLOW)
                .then()
                .body("runs", equalTo(java.util.List.of()));
    }

    @Test
    void a_workflow_that_a_task_starts_is_run_as_it_is_stored() {
        save(
                "tested-child",
                """
                {"id": "tested-child", "tasks": [{"id": "ask", "type": "approval", "with": {"title": "Go?", "deadline": "1h"}}],
                 "outputs": {"by": "${ tasks.ask.output.by }"}}""");
        save(
                "tested-parent",
                """
                {"id": "tested-parent", "tasks": [{"id": "go", "type": "subflow", "with": {"workflow": "tested-child"}}]}""");

        given().contentType(ContentType.JSON)
                .body(
                        """
                        {"tests": [
                          {"name": "goes", "events": [{"after": "59m", "approve": {"task": "go/ask", "by": "anna"}}],
                           "expect": {"state": "SUCCESS", "tasks": {"go": {"output": {"by": "anna"}}}}},
                          {"name": "stops", "expect": {"state": "FAILED", "tasks": {"go/ask": {"state": "TIMED_OUT"}}}}]}""")
                .post("/api/workflows/tested-parent/test")
                .then()
                .statusCode(200)
                .body(
                        "tests.failures.message",
                        equalTo(java.util.List.of(java.util.List.of(), java.util.List.of())))
                .body("passed", equalTo(true));
    }

    private static void save(String workflow, String text) {
        given().contentType(ContentType.JSON)
                .body(text)
                .put("/api/workflows/" + workflow)
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
    }

    @Test
    void a_document_with_errors_is_a_problem_with_all_of_them() {
        test("{\"tests\": [{\"name\": \"a\", \"mocks\": {\"aks\": {\"output\": 1}}, \"expect\": {\"state\": \"SUCCESS\"}}]}")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("problems.code", hasItem("unknown-task"))
                .body("problems.hint", hasItem("did you mean 'ask'?"));
    }

    @Test
    void a_workflow_that_is_not_there_is_not_found() {
        given().contentType(ContentType.JSON)
                .body("{\"tests\": []}")
                .post("/api/workflows/no-such-one/test")
                .then()
                .statusCode(404);
    }

    @Test
    void editors_get_a_schema_of_test_documents() {
        given().get("/schema/workflow-tests-v1.json")
                .then()
                .statusCode(200)
                .body("'$defs'.test.required", hasItems("name", "expect"));
    }

    private static ValidatableResponse test(String document) {
        return given().contentType(ContentType.JSON)
                .body(document)
                .post("/api/workflows/" + WORKFLOW + "/test")
                .then();
    }
}
