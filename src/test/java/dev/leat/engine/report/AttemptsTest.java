package dev.leat.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.leat.store.TaskState;
import dev.leat.store.Transition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private final List<Transition> transitions = new ArrayList<>();

    @Test
    void an_attempt_lies_between_running_and_what_comes_next() {
        step("a", "RUNNING", 1, 1_000_000);
        step("b", "RUNNING", 1, 1_100_000);
        step("a", "SUCCESS", 1, 3_500_000);
        var attempts = Attempts.of(transitions);
        assertThat(attempts.get("a"))
                .singleElement()
                .satisfies(
                        only -> {
                            assertThat(only.state()).isEqualTo(TaskState.SUCCESS);
                            assertThat(only.durationMillis()).isEqualTo(2_500);
                        });
        assertThat(attempts.get("b"))
                .singleElement()
                .satisfies(
                        only -> {
                            assertThat(only.state()).isEqualTo(TaskState.RUNNING);
                            assertThat(only.finishedAt()).isNull();
                        });
    }

    @Test
    void what_is_tried_again_has_failed_and_says_when_it_goes_on() {
        step("a", "RUNNING", 1, 1_000_000);
        step("a", "RETRYING", 1, 2_000_000).dueAt = 4_000_000L;
        step("a", "RUNNING", 2, 4_000_000);
        step("a", "TIMED_OUT", 2, 5_000_000);
        var attempts = Attempts.of(transitions).get("a");
        assertThat(attempts)
                .extracting(TaskReport.Attempt::state)
                .containsExactly(TaskState.FAILED, TaskState.TIMED_OUT);
        assertThat(attempts.getFirst().nextAttemptAt()).isEqualTo(Times.instant(4_000_000L));
        assertThat(attempts.getLast().nextAttemptAt()).isNull();
    }

    @Test
    void a_wait_for_an_answer_belongs_to_its_attempt() {
        step("ask", "RUNNING", 1, 1_000_000);
        step("ask", "WAITING", 1, 2_000_000);
        assertThat(Attempts.of(transitions).get("ask"))
                .singleElement()
                .satisfies(
                        only -> {
                            assertThat(only.state()).isEqualTo(TaskState.WAITING);
                            assertThat(only.finishedAt()).isNull();
                        });
        step("ask", "FAILED", 1, 9_000_000);
        assertThat(Attempts.of(transitions).get("ask"))
                .singleElement()
                .satisfies(
                        only -> {
                            assertThat(only.state()).isEqualTo(TaskState.FAILED);
                            assertThat(only.durationMillis()).isEqualTo(8_000);
                        });
    }

    @Test
    void each_repetition_is_an_attempt_that_succeeded() {
        step("poll", "RUNNING", 1, 1_000_000);
        step("poll", "WAITING", 1, 2_000_000);
        step("poll", "RUNNING", 2, 5_000_000);
        step("poll", "SUCCESS", 2, 6_000_000);
        assertThat(Attempts.of(transitions).get("poll"))
                .extracting(TaskReport.Attempt::state, TaskReport.Attempt::durationMillis)
                .containsExactly(
                        tuple(TaskState.SUCCESS, 1_000L), tuple(TaskState.SUCCESS, 1_000L));
    }

    @Test
    void a_task_that_never_ran_has_none() {
        step("a", "READY", 0, 1);
        step("a", "SKIPPED", 0, 2);
        step(null, "SUCCESS", 0, 3);
        assertThat(Attempts.of(transitions)).isEmpty();
    }

    private Transition step(String task, String state, int attempt, long at) {
        var step = new Transition();
        step.seq = transitions.size() + 1;
        step.task = task;
        step.state = state;
        step.attempt = attempt;
        step.at = at;
        transitions.add(step);
        return step;
    }
}
