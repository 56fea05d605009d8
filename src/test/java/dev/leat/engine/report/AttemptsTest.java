package dev.leat.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

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
