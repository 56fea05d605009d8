package dev.leat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.engine.Admission.Answer;
import dev.leat.workflow.Workflow.Concurrency;
import dev.leat.workflow.Workflow.OnConflict;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    @Test
    void a_workflow_without_a_limit_or_that_allows_more_needs_no_admission() {
        assertThat(Admission.limits(new Concurrency(0, OnConflict.QUEUE))).isFalse();
        assertThat(Admission.limits(new Concurrency(1, OnConflict.ALLOW))).isFalse();
        assertThat(Admission.limits(new Concurrency(1, OnConflict.QUEUE))).isTrue();
    }

    @Test
    void a_run_within_the_limit_starts() {
        assertThat(ask(2, OnConflict.QUEUE, List.of(1L), List.of()))
                .isInstanceOf(Answer.Start.class);
    }

    @Test
    void a_run_past_the_limit_waits_and_is_told_for_whom() {
        assertThat(ask(1, OnConflict.QUEUE, List.of(1L), List.of()))
                .isEqualTo(
                        new Answer.Queue(
                                "waits: run 0000000000001 is running and the workflow's limit is 1"));
    }

    @Test
    void a_new_run_does_not_overtake_those_in_line() {
        assertThat(ask(2, OnConflict.QUEUE, List.of(), List.of(7L)))
                .isEqualTo(
                        new Answer.Queue(
                                "waits: others are in line and the workflow's limit is 2"));
    }

    @Test
    void skip_refuses_and_says_why() {
        assertThat(ask(1, OnConflict.SKIP, List.of(1L, 2L), List.of()))
                .isEqualTo(
                        new Answer.Skip(
                                "runs 0000000000001, 0000000000002 are running and the workflow's limit is 1,"
                                        + " and its 'concurrency' says to skip further ones"));
    }

    @Test
    void cancel_running_names_everyone_before_it() {
        assertThat(ask(1, OnConflict.CANCEL_RUNNING, List.of(1L), List.of(2L, 3L)))
                .isInstanceOfSatisfying(
                        Answer.CancelRunning.class,
                        answer -> assertThat(answer.runs()).containsExactly(1L, 2L, 3L));
    }

    private static Answer ask(
            int limit, OnConflict onConflict, List<Long> active, List<Long> waiting) {
        return Admission.of(new Concurrency(limit, onConflict), active, waiting);
    }
}
