package dev.leat.journey;

import static dev.leat.journey.Door.of;
import static dev.leat.journey.Door.signal;
import static dev.leat.journey.Door.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// docs/spec/22-subflow.md, through the doors.
abstract class SubflowJourney {

    @Test
    void the_outputs_of_the_child_are_the_output_of_the_task() {
        Door.save(
                """
                {"id": "sub-double", "inputs": {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}},
                 "tasks": [{"id": "a", "type": "noop"}], "outputs": {"n": "${ inputs.n * 2 }"}}""");
        var ended =
                Door.run(
                        parent(
                                "outputs",
                                "sub-double",
                                ", \"inputs\": {\"n\": 21}, \"labels\": {\"a\": \"b\"}"));
        assertThat(ended.getInt("outputs.got.n")).isEqualTo(42);
        var child = Door.look(of(ended, "sub", "facts.child"));
        assertThat(child.getString("trigger")).isEqualTo("subflow");
        assertThat(child.getString("triggerFacts.run")).isEqualTo(ended.getString("id"));
        assertThat(child.getString("triggerFacts.task")).isEqualTo("sub");
        assertThat(child.getString("labels.a")).isEqualTo("b");
    }

    @Test
    void a_child_that_fails_fails_the_task() {
        Door.save(
                "{\"id\": \"sub-fails\", \"tasks\": [{\"id\": \"a\", \"type\": \"fail\", \"with\": {\"message\": \"broken\", \"code\": \"odd\"}}]}");
        var ended = Door.run(parent("failing", "sub-fails", ""));
        assertThat(ended.getString("state")).isEqualTo("FAILED");
        assertThat(ended.getString("error.code")).isEqualTo("subflow.failed");
        assertThat(ended.getString("error.message")).contains("broken");
        assertThat(Door.<String>of(ended, "sub", "error.details.code")).isEqualTo("odd");
        assertThat(Door.<String>of(ended, "sub", "error.details.task")).isEqualTo("a");
    }

    @Test
    void a_task_that_is_tried_again_starts_another_child() {
        Door.save(
                "{\"id\": \"sub-again\", \"tasks\": [{\"id\": \"a\", \"type\": \"fail\", \"with\": {\"message\": \"x\"}}]}");
        var ended =
                Door.run(
                        parent("again", "sub-again", "")
                                .replace(
                                        "\"with\"",
                                        "\"retry\": {\"maxAttempts\": 2, \"delay\": \"10ms\"}, \"with\""));
        assertThat(Door.<Integer>of(ended, "sub", "attempt")).isEqualTo(2);
        assertThat(RestAssured.get("/api/runs?workflow=sub-again").jsonPath().getList("runs"))
                .hasSize(2);
    }

    @Test
    void a_cancelled_parent_waits_for_the_finally_of_its_child() {
        slow("sub-slow");
        var run = Door.start(parent("cancelled", "sub-slow", ""));
        var child = child(run);
        Door.until(child, "nap", "WAITING");
        Door.cancel(run);
        var ended = Door.ended(run);
        assertThat(ended.getString("state")).isEqualTo("CANCELLED");
        assertThat(state(ended, "sub")).isEqualTo("CANCELLED");
        var below = Door.look(child);
        assertThat(below.getString("state")).isEqualTo("CANCELLED");
        assertThat(state(below, "tidy")).isEqualTo("SUCCESS");
    }

    @Test
    void a_child_that_is_cancelled_by_hand_fails_the_task_and_is_not_started_anew() {
        slow("sub-by-hand");
        var run =
                Door.start(
                        parent("by-hand", "sub-by-hand", "")
                                .replace(
                                        "\"with\"",
                                        "\"retry\": {\"maxAttempts\": 3, \"delay\": \"10ms\"}, \"with\""));
        Door.cancel(child(run));
        var ended = Door.ended(run);
        assertThat(ended.getString("error.code")).isEqualTo("subflow.cancelled");
        assertThat(Door.<Integer>of(ended, "sub", "attempt")).isEqualTo(1);
    }

    @Test
    void a_task_that_is_out_of_time_ends_its_child() {
        slow("sub-late");
        var run =
                Door.start(
                        parent("late", "sub-late", "")
                                .replace("\"with\"", "\"timeout\": \"500ms\", \"with\""));
        var child = child(run);
        var ended = Door.ended(run);
        assertThat(state(ended, "sub")).isEqualTo("TIMED_OUT");
        assertThat(Door.look(child).getString("state")).isEqualTo("CANCELLED");
    }

    @Test
    void a_workflow_that_does_not_exist_fails_the_task() {
        var ended = Door.run(parent("unknown", "sub-nowhere", ""));
        assertThat(ended.getString("error.code")).isEqualTo("subflow.not-found");
        assertThat(ended.getString("error.message")).contains("sub-nowhere");
    }

    @Test
    void inputs_that_do_not_fit_fail_the_task() {
        Door.save(
                "{\"id\": \"sub-inputs\", \"inputs\": {\"type\": \"object\", \"properties\": {\"n\": {\"type\": \"integer\"}}}, \"tasks\": [{\"id\": \"a\", \"type\": \"noop\"}]}");
        var ended = Door.run(parent("inputs", "sub-inputs", ", \"inputs\": {\"n\": \"many\"}"));
        assertThat(ended.getString("error.code")).isEqualTo("subflow.inputs");
        assertThat(ended.getString("error.message")).contains("/n");
        assertThat(RestAssured.get("/api/runs?workflow=sub-inputs").jsonPath().getList("runs"))
                .isEmpty();
    }

    @Test
    void an_id_is_looked_for_in_the_namespace_of_the_parent_first() {
        Door.save(
                "{\"id\": \"sub-near\", \"tasks\": [{\"id\": \"a\", \"type\": \"noop\"}], \"outputs\": {\"where\": \"default\"}}");
        Door.save(
                "{\"id\": \"sub-near\", \"namespace\": \"sub.sales\", \"tasks\": [{\"id\": \"a\", \"type\": \"noop\"}], \"outputs\": {\"where\": \"near\"}}");
        Door.save(
                "{\"id\": \"sub-far\", \"tasks\": [{\"id\": \"a\", \"type\": \"noop\"}], \"outputs\": {\"where\": \"default\"}}");
        var near =
                parent("near", "sub-near", "")
                        .replace("\"tasks\"", "\"namespace\": \"sub.sales\", \"tasks\"");
        assertThat(Door.run(near).getString("outputs.got.where")).isEqualTo("near");
        assertThat(
                        Door.run(near.replace("sub-near\"}", "sub-far\"}"))
                                .getString("outputs.got.where"))
                .isEqualTo("default");
        assertThat(
                        Door.run(parent("other", "sub.sales.sub-near", ""))
                                .getString("outputs.got.where"))
                .isEqualTo("near");
    }

    @Test
    void all_children_of_a_run_are_of_the_same_revision() {
        pinned("sub-pinned", "");
    }

    @Test
    void all_children_of_a_run_are_of_the_same_revision_also_in_a_namespace() {
        pinned("sub-pinned", "\"namespace\": \"sub.pinned\", ");
    }

    private static void pinned(String id, String namespace) {
        var text =
                "{\"id\": \""
                        + id
                        + "\", "
                        + namespace
                        + "\"tasks\": [{\"id\": \"a\", \"type\": \"noop\"}], \"outputs\": {\"said\": \"%s\"}}";
        Door.save(text.formatted("one"));
        var signal = "pinned" + namespace.length();
        var run =
                Door.start(
                        """
                        {"id": "pinning", %s"tasks": [
                          {"id": "one", "type": "subflow", "with": {"workflow": "%s"}},
                          {"id": "wait", "type": "waitFor", "dependsOn": ["one"], "with": {"signal": "%s"}},
                          {"id": "two", "type": "subflow", "dependsOn": ["wait"], "with": {"workflow": "%s"}}],
                         "outputs": {"one": "${ tasks.one.output.said }", "two": "${ tasks.two.output.said }"}}"""
                                .formatted(namespace, id, signal, id));
        Door.until(run, "wait", "WAITING");
        Door.save(text.formatted("two"));
        signal(signal, "{}");
        assertThat(Door.ended(run).<Map<String, String>>get("outputs"))
                .isEqualTo(Map.of("one", "one", "two", "one"));
    }

    @Test
    void a_workflow_that_starts_itself_is_stopped() {
        Door.save(
                parent("endless", "sub-endless", "")
                        .replace("\"id\": \"parent-endless\"", "\"id\": \"sub-endless\""));
        var ended = Door.run(parent("above", "sub-endless", ""));
        assertThat(ended.getString("state")).isEqualTo("FAILED");
        assertThat(
                        RestAssured.get("/api/runs?workflow=sub-endless&limit=100")
                                .jsonPath()
                                .getList("runs"))
                .hasSize(32);
    }

    private static void slow(String id) {
        Door.save(
                """
                {"id": "%s", "tasks": [{"id": "nap", "type": "wait", "with": {"duration": "1h"}}],
                 "finally": [{"id": "tidy", "type": "noop"}]}"""
                        .formatted(id));
    }

    private static String child(String run) {
        var seen = Door.until(run, at -> Door.<Object>of(at, "sub", "facts") != null);
        String child = of(seen, "sub", "facts.child");
        Door.until(child, at -> "RUNNING".equals(at.getString("state")));
        return child;
    }

    private static String parent(String id, String workflow, String more) {
        return """
               {"id": "parent-%s", "tasks": [{"id": "sub", "type": "subflow", "with": {"workflow": "%s"%s}}],
                "outputs": {"got": "${ tasks.sub.output }"}}"""
                .formatted(id, workflow, more);
    }
}
