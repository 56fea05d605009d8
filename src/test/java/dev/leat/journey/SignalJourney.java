package dev.leat.journey;

import static dev.leat.journey.Door.signal;
import static dev.leat.journey.Door.state;
import static dev.leat.journey.Door.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import org.junit.jupiter.api.Test;

/// docs/spec/24-signal.md, through the doors.
abstract class SignalJourney {

    @Test
    void a_signal_that_comes_after_the_wait_began_is_its_output() {
        var run = waiting("after", "paid", "17");
        signal("paid", "{\"key\": 17, \"payload\": {\"amount\": 12.5}}")
                .statusCode(202)
                .body("delivered", equalTo(1))
                .body("kept", equalTo(false));
        var ended = Door.ended(run);
        assertThat(ended.getString("state")).isEqualTo("SUCCESS");
        assertThat(ended.getDouble("outputs.got.amount")).isEqualTo(12.5);
        assertThat(Door.reason(ended, "wait")).contains("signal 'paid' came for 17");
    }

    @Test
    void a_signal_that_comes_before_is_kept_for_the_first_that_waits() {
        signal("early", "{\"payload\": 1}").statusCode(202).body("kept", equalTo(true));
        signal("early", "{\"payload\": 2}").statusCode(202).body("delivered", equalTo(0));
        assertThat(Door.run(waitFor("first", "early", "", "")).getInt("outputs.got")).isEqualTo(1);
        assertThat(Door.run(waitFor("second", "early", "", "")).getInt("outputs.got")).isEqualTo(2);
        assertThat(
                        Door.run(
                                        waitFor(
                                                "third",
                                                "early",
                                                "",
                                                ", \"deadline\": \"300ms\", \"default\": \"none\""))
                                .getString("outputs.got"))
                .isEqualTo("none");
    }

    @Test
    void a_signal_is_kept_only_so_long() {
        signal("short", "{\"keep\": \"1ms\"}").statusCode(202);
        var ended =
                Door.run(
                        waitFor(
                                "short",
                                "short",
                                "",
                                ", \"deadline\": \"500ms\", \"default\": \"none\""));
        assertThat(ended.getString("outputs.got")).isEqualTo("none");
    }

    @Test
    void only_a_signal_with_the_same_key_counts() {
        var one = waiting("one", "keyed", "1");
        var two = waiting("two", "keyed", "2");
        signal("keyed", "{\"key\": \"2\", \"payload\": \"for two\"}").body("delivered", equalTo(1));
        assertThat(Door.ended(two).getString("outputs.got")).isEqualTo("for two");
        assertThat(state(Door.look(one), "wait")).isEqualTo("WAITING");
        signal("keyed", "{\"key\": \"1\"}");
        assertThat(Door.ended(one).getString("state")).isEqualTo("SUCCESS");
    }

    @Test
    void all_that_wait_get_it() {
        var runs =
                List.of(waiting("a", "all", ""), waiting("b", "all", ""), waiting("c", "all", ""));
        signal("all", "{\"payload\": 5}").body("delivered", equalTo(3));
        runs.forEach(run -> assertThat(Door.ended(run).getInt("outputs.got")).isEqualTo(5));
    }

    @Test
    void a_run_tells_another() {
        var run = waiting("told", "between", "x");
        var teller =
                Door.run(
                        """
                        {"id": "teller", "tasks": [{"id": "tell", "type": "signal",
                          "with": {"signal": "between", "key": "x", "payload": {"from": "${ run.id }"}}}]}""");
        assertThat(task(teller.getString("id"), "tell").getInt("output.delivered")).isEqualTo(1);
        assertThat(Door.ended(run).getString("outputs.got.from")).isEqualTo(teller.getString("id"));
    }

    @Test
    void a_large_payload_is_not_the_output_of_the_task_that_sends_it() {
        var run = waiting("large", "large", "");
        var teller =
                Door.run(
                        """
                        {"id": "large-teller", "tasks": [{"id": "tell", "type": "signal",
                          "with": {"signal": "large", "payload": "%s"}}]}"""
                                .formatted("x".repeat(100_000)));
        assertThat(task(teller.getString("id"), "tell").getInt("output.delivered")).isEqualTo(1);
        assertThat(Door.ended(run).getString("state")).isEqualTo("SUCCESS");
    }

    @Test
    void a_payload_that_is_too_large_for_an_output_fails_the_task_that_waits() {
        var run = waiting("huge", "huge", "");
        signal("huge", "{\"payload\": \"" + "x".repeat(1_200_000) + "\"}");
        var ended = Door.ended(run);
        assertThat(ended.getString("error.code")).isEqualTo("output-too-large");
    }

    @Test
    void without_a_default_the_task_is_out_of_time_at_the_deadline() {
        var ended = Door.run(waitFor("late", "never", "", ", \"deadline\": \"300ms\""));
        assertThat(state(ended, "wait")).isEqualTo("TIMED_OUT");
        assertThat(ended.getString("error.message")).contains("the signal 'never' didn't come");
    }

    @Test
    void a_task_that_must_wait_no_longer_than_its_timeout_is_out_of_time() {
        var ended =
                Door.run(
                        """
                        {"id": "limited", "tasks": [{"id": "wait", "type": "waitFor", "timeout": "300ms", "with": {"signal": "never"}}]}""");
        assertThat(state(ended, "wait")).isEqualTo("TIMED_OUT");
    }

    @Test
    void what_can_be_no_signal_is_refused() {
        signal("bad!", "{}").statusCode(422);
        signal("good", "{\"key\": {}}").statusCode(422);
        signal("good", "{\"keep\": \"400d\"}").statusCode(422);
        signal("good", "{\"paylaod\": 1}")
                .statusCode(422)
                .body("problems[0].code", equalTo("unknown-field"));
    }

    private static String waiting(String id, String signal, String key) {
        var run = Door.start(waitFor(id, signal, key, ""));
        Door.until(run, "wait", "WAITING");
        return run;
    }

    private static String waitFor(String id, String signal, String key, String more) {
        return """
               {"id": "signal-%s", "tasks": [{"id": "wait", "type": "waitFor", "with": {"signal": "%s", "key": "%s"%s}}],
                "outputs": {"got": "${ tasks.wait.output }"}}"""
                .formatted(id, signal, key, more);
    }
}
