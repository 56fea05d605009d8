package dev.leat.journey;

import static dev.leat.journey.Door.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// docs/spec/20-repeat.md, through the doors.
@QuarkusTest
class RepeatJourneyTest {

    @Test
    void a_task_is_repeated_until_its_output_says_so_and_the_last_output_counts() {
        var ended =
                Door.run(
                        repeated(
                                "until",
                                "\"until\": \"${ output >= 3 }\", \"maxTimes\": 9, \"delay\": \"10ms\""));
        assertThat(ended.getString("state")).isEqualTo("SUCCESS");
        assertThat(ended.getInt("outputs.last")).isEqualTo(3);
        assertThat(Door.<Integer>of(ended, "again", "attempt")).isEqualTo(4);
        assertThat(Door.<Integer>of(ended, "again", "facts.repetition")).isEqualTo(3);
    }

    @Test
    void a_task_is_repeated_while_a_condition_holds() {
        assertThat(
                        Door.run(
                                        repeated(
                                                "while",
                                                "\"while\": \"${ output < 2 }\", \"maxTimes\": 9"))
                                .getInt("outputs.last"))
                .isEqualTo(2);
    }

    @Test
    void a_task_that_is_never_done_fails() {
        var ended = Door.run(repeated("never", "\"until\": \"${ false }\", \"maxTimes\": 3"));
        assertThat(ended.getString("error.code")).isEqualTo("repeat-exhausted");
        assertThat(Door.<Integer>of(ended, "again", "attempt")).isEqualTo(3);
    }

    @Test
    void a_condition_that_breaks_fails_the_task() {
        var ended =
                Door.run(repeated("broken", "\"until\": \"${ output.none }\", \"maxTimes\": 3"));
        assertThat(ended.getString("error.message")).startsWith("repeat: ");
        assertThat(Door.<Integer>of(ended, "again", "attempt")).isEqualTo(1);
    }

    @Test
    void a_failure_is_not_repeated_and_each_repetition_has_its_retries() {
        var text =
                """
                {"id": "repeat-retries", "tasks": [{"id": "again", "type": "shell", "retry": {"maxAttempts": 2, "delay": "10ms"},
                  "repeat": {"until": "${ repetition == 1 }", "maxTimes": 5}, "with": {"command": "[ $((LEAT_ATTEMPT % 2)) = 0 ]"}}]}""";
        var ended = Door.run(text);
        assertThat(ended.getString("state")).isEqualTo("SUCCESS");
        assertThat(Door.<Integer>of(ended, "again", "attempt")).isEqualTo(4);
        var failed = Door.run(text.replace("[ $((LEAT_ATTEMPT % 2)) = 0 ]", "exit 3"));
        assertThat(failed.getString("error.code")).isEqualTo("exit.3");
        assertThat(Door.<Integer>of(failed, "again", "attempt")).isEqualTo(2);
    }

    @Test
    void between_repetitions_a_task_waits_and_can_be_cancelled() {
        var run =
                Door.start(
                        repeated(
                                "waiting",
                                "\"until\": \"${ false }\", \"maxTimes\": 3, \"delay\": \"1h\""));
        var seen = Door.until(run, "again", "WAITING");
        assertThat(Door.reason(seen, "again")).startsWith("repetition 2 of at most 3 in ");
        Door.cancel(run);
        assertThat(state(Door.ended(run), "again")).isEqualTo("CANCELLED");
    }

    private static String repeated(String id, String repeat) {
        return """
               {"id": "repeat-%s", "tasks": [{"id": "again", "type": "transform", "repeat": {%s}, "with": {"value": "${ repetition }"}}],
                "outputs": {"last": "${ tasks.again.output }"}}"""
                .formatted(id, repeat);
    }
}
