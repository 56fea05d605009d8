package dev.leat.journey;

import static dev.leat.journey.Door.answer;
import static dev.leat.journey.Door.state;
import static dev.leat.journey.Door.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.Test;

/// docs/spec/23-approval.md, through the doors.
abstract class ApprovalJourney {

    private static final String COUNTED =
            """
            {"id": "counted", "tasks": [
              {"id": "ask", "type": "approval", "with": {"title": "How many?", "approvers": ["anna", "ben"],
                "form": {"type": "object", "required": ["count"], "properties": {"count": {"type": "integer", "minimum": 1}}}}},
              {"id": "twice", "type": "transform", "dependsOn": ["ask"], "with": {"value": "${ tasks.ask.output.values.count * 2 }"}}],
             "outputs": {"twice": "${ tasks.twice.output }", "by": "${ tasks.ask.output.by }"}}""";

    private static final String YES = "{\"decision\": \"approved\"}";
    private static final String NO = "{\"decision\": \"rejected\", \"comment\": \"too early\"}";

    @Test
    void the_values_of_an_answer_are_used_downstream() {
        var run = waiting(COUNTED);
        answer(
                        run,
                        "ask",
                        "{\"decision\": \"approved\", \"values\": {\"count\": 21}, \"by\": \"anna\"}")
                .statusCode(202);
        var ended = Door.ended(run);
        assertThat(ended.getString("state")).isEqualTo("SUCCESS");
        assertThat(ended.getInt("outputs.twice")).isEqualTo(42);
        assertThat(ended.getString("outputs.by")).isEqualTo("anna");
        assertThat(Door.reason(ended, "ask")).isEqualTo("approved by anna");
    }

    @Test
    void a_question_is_listed_while_it_is_open() {
        var run = waiting(COUNTED);
        var path = "/api/approvals/" + run + "/ask";
        RestAssured.get(path).then().statusCode(200).body("title", equalTo("How many?"));
        assertThat(open(run)).isEqualTo(List.of("ask"));
        answer(
                run,
                "ask",
                "{\"decision\": \"approved\", \"values\": {\"count\": 1}, \"by\": \"ben\"}");
        Door.ended(run);
        RestAssured.get(path).then().statusCode(409);
        assertThat(open(run)).isEmpty();
    }

    @Test
    void values_that_do_not_fit_are_refused_and_the_question_stays_open() {
        var run = waiting(COUNTED);
        answer(
                        run,
                        "ask",
                        "{\"decision\": \"approved\", \"values\": {\"count\": 0}, \"by\": \"anna\"}")
                .statusCode(422)
                .body("problems[0].pointer", containsString("count"));
        answer(run, "ask", "{\"decision\": \"approved\", \"by\": \"anna\"}").statusCode(422);
        answer(run, "ask", "{\"decision\": \"perhaps\", \"by\": \"anna\"}").statusCode(422);
        assertThat(open(run)).isEqualTo(List.of("ask"));
        Door.cancel(run);
    }

    @Test
    void who_is_not_asked_is_refused() {
        var run = waiting(COUNTED);
        var body = "{\"decision\": \"approved\", \"values\": {\"count\": 1}%s}";
        answer(run, "ask", body.formatted(", \"by\": \"carl\""))
                .statusCode(403)
                .body("type", equalTo("urn:leat:problem:forbidden"))
                .body("detail", containsString("anna or ben"));
        answer(run, "ask", body.formatted("")).statusCode(403);
        Door.cancel(run);
    }

    @Test
    void the_first_answer_counts_and_a_second_is_refused() {
        var run = waiting(question("second", ""));
        answer(run, "ask", YES).statusCode(202);
        answer(run, "ask", NO).statusCode(409);
        assertThat(Door.ended(run).getString("state")).isEqualTo("SUCCESS");
    }

    @Test
    void a_run_that_does_not_exist_asks_nothing() {
        answer("0000000000000", "ask", YES).statusCode(404);
    }

    @Test
    void the_default_counts_at_the_deadline() {
        var ended =
                Door.run(
                        question(
                                "default",
                                ", \"deadline\": \"300ms\", \"default\": {\"decision\": \"approved\", \"values\": {\"count\": 3}}"));
        assertThat(ended.getString("state")).isEqualTo("SUCCESS");
        var output = task(ended.getString("id"), "ask");
        assertThat(output.getInt("output.values.count")).isEqualTo(3);
        assertThat(output.getString("output.by")).isNull();
    }

    @Test
    void without_a_default_the_task_is_out_of_time_at_the_deadline() {
        var ended = Door.run(question("late", ", \"deadline\": \"300ms\""));
        assertThat(ended.getString("state")).isEqualTo("FAILED");
        assertThat(state(ended, "ask")).isEqualTo("TIMED_OUT");
        assertThat(ended.getString("error.code")).isEqualTo("timeout");
    }

    @Test
    void a_rejection_fails_the_task() {
        var run = waiting(question("rejected", ""));
        answer(run, "ask", NO).statusCode(202);
        var ended = Door.ended(run);
        assertThat(ended.getString("state")).isEqualTo("FAILED");
        assertThat(ended.getString("error.code")).isEqualTo("rejected");
        assertThat(ended.getString("error.message")).contains("too early");
    }

    @Test
    void a_rejection_may_be_an_answer_like_any_other() {
        var run = waiting(question("continued", ", \"onReject\": \"continue\""));
        answer(run, "ask", NO).statusCode(202);
        assertThat(Door.ended(run).getString("state")).isEqualTo("SUCCESS");
        assertThat(task(run, "ask").getBoolean("output.approved")).isFalse();
    }

    @Test
    void a_cancelled_run_asks_no_longer() {
        var run = waiting(question("cancelled", ""));
        Door.cancel(run);
        assertThat(state(Door.ended(run), "ask")).isEqualTo("CANCELLED");
        answer(run, "ask", YES).statusCode(409);
    }

    @Test
    void each_item_asks_by_itself() {
        var run =
                Door.start(
                        """
                        {"id": "each", "tasks": [{"id": "ask", "type": "approval", "forEach": {"items": ["a", "b"]},
                          "with": {"title": "${ item }?"}}]}""");
        Door.until(run, seen -> open(run).size() == 2);
        answer(run, "ask.1", YES).statusCode(202);
        answer(run, "ask.0", YES).statusCode(202);
        assertThat(Door.ended(run).getString("state")).isEqualTo("SUCCESS");
    }

    private static String waiting(String definition) {
        var run = Door.start(definition);
        Door.until(run, "ask", "WAITING");
        return run;
    }

    private static List<String> open(String run) {
        return RestAssured.get("/api/approvals?limit=1000")
                .jsonPath()
                .getList("approvals.findAll { it.run == '" + run + "' }.task");
    }

    private static String question(String id, String more) {
        return """
               {"id": "ask-%s", "tasks": [{"id": "ask", "type": "approval", "with": {"title": "Go on?"%s}}]}"""
                .formatted(id, more);
    }
}
