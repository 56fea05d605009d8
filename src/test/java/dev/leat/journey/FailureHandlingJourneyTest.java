package dev.leat.journey;

import static dev.leat.journey.Door.state;
import static dev.leat.journey.Door.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// docs/spec/27-failure-handling.md, through the doors.
@QuarkusTest
class FailureHandlingJourneyTest {

    private static final String HANDLERS =
            """
            "onFailure": [
              {"id": "undo", "type": "log", "when": "${ tasks.book.status == 'SUCCESS' }", "with": {"message": "undo ${ tasks.book.output }"}},
              {"id": "page", "type": "transform", "with": {"value": "${ error.task + ': ' + error.code }"}}],
            "finally": [{"id": "tidy", "type": "noop"}]""";

    @Test
    void a_failure_is_compensated_with_knowledge_of_what_succeeded() {
        var ended =
                handled(
                        "",
                        "{\"id\": \"pay\", \"type\": \"fail\", \"dependsOn\": [\"book\"], \"with\": {\"message\": \"no\", \"code\": \"broke\"}}");
        assertThat(ended.getString("state")).isEqualTo("FAILED");
        assertThat(state(ended, "undo")).isEqualTo("SUCCESS");
        assertThat(state(ended, "tidy")).isEqualTo("SUCCESS");
        assertThat(task(ended.getString("id"), "page").getString("output")).isEqualTo("pay: broke");
    }

    /// Windmill PR#9662.
    @Test
    void a_task_whose_process_is_killed_still_has_its_failure_handled() {
        var ended =
                handled(
                        "",
                        "{\"id\": \"pay\", \"type\": \"shell\", \"with\": {\"command\": \"kill -9 $$\"}}");
        assertThat(ended.getString("error.code")).isEqualTo("exit.137");
        assertThat(state(ended, "page")).isEqualTo("SUCCESS");
        assertThat(state(ended, "tidy")).isEqualTo("SUCCESS");
    }

    @Test
    void a_run_that_is_out_of_time_is_handled_too() {
        var ended =
                handled(
                        "\"timeout\": \"300ms\",",
                        "{\"id\": \"pay\", \"type\": \"wait\", \"with\": {\"duration\": \"1h\"}}");
        assertThat(ended.getString("state")).isEqualTo("TIMED_OUT");
        assertThat(state(ended, "page")).isEqualTo("SUCCESS");
        assertThat(state(ended, "tidy")).isEqualTo("SUCCESS");
    }

    @Test
    void a_cancelled_run_has_its_finally_and_no_failure() {
        var run =
                Door.start(
                        text(
                                "",
                                "{\"id\": \"pay\", \"type\": \"wait\", \"with\": {\"duration\": \"1h\"}}"));
        Door.until(run, "pay", "WAITING");
        Door.cancel(run);
        var ended = Door.ended(run);
        assertThat(ended.getString("state")).isEqualTo("CANCELLED");
        assertThat(state(ended, "page")).isEqualTo("PENDING");
        assertThat(state(ended, "tidy")).isEqualTo("SUCCESS");
    }

    @Test
    void a_success_has_its_finally_only() {
        var ended = handled("", "{\"id\": \"pay\", \"type\": \"noop\"}");
        assertThat(ended.getString("state")).isEqualTo("SUCCESS");
        assertThat(state(ended, "page")).isEqualTo("PENDING");
        assertThat(state(ended, "tidy")).isEqualTo("SUCCESS");
    }

    @Test
    void a_finally_that_fails_fails_a_run_that_had_succeeded() {
        var ended =
                Door.run(
                        "{\"id\": \"untidy\", \"tasks\": [{\"id\": \"a\", \"type\": \"noop\"}], \"finally\": [{\"id\": \"tidy\", \"type\": \"fail\", \"with\": {\"message\": \"no\"}}]}");
        assertThat(ended.getString("state")).isEqualTo("FAILED");
        assertThat(ended.getString("error.task")).isEqualTo("tidy");
    }

    @Test
    void a_disabled_task_is_skipped_and_counts_as_success() {
        var ended =
                Door.run(
                        "{\"id\": \"off\", \"tasks\": [{\"id\": \"a\", \"type\": \"fail\", \"disabled\": true, \"with\": {\"message\": \"no\"}}, {\"id\": \"b\", \"type\": \"noop\", \"dependsOn\": [\"a\"]}]}");
        assertThat(state(ended, "a")).isEqualTo("SKIPPED");
        assertThat(Door.reason(ended, "a")).isEqualTo("it is disabled");
        assertThat(state(ended, "b")).isEqualTo("SUCCESS");
    }

    @Test
    void an_allowed_failure_counts_as_success_and_is_marked() {
        var ended =
                Door.run(
                        "{\"id\": \"allowed\", \"tasks\": [{\"id\": \"a\", \"type\": \"fail\", \"allowFailure\": true, \"with\": {\"message\": \"no\"}}, {\"id\": \"b\", \"type\": \"noop\", \"dependsOn\": [\"a\"]}]}");
        assertThat(ended.getString("state")).isEqualTo("SUCCESS");
        assertThat(ended.getBoolean("warning")).isTrue();
        assertThat(state(ended, "b")).isEqualTo("SUCCESS");
    }

    private static io.restassured.path.json.JsonPath handled(String more, String pay) {
        return Door.run(text(more, pay));
    }

    private static String text(String more, String pay) {
        return "{\"id\": \"handled\", %s \"tasks\": [{\"id\": \"book\", \"type\": \"noop\", \"with\": {\"output\": 4711}}, %s], %s}"
                .formatted(more, pay, HANDLERS);
    }
}
