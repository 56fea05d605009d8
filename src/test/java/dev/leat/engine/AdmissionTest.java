package dev.leat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.engine.Admission.Answer;
import dev.leat.workflow.Workflow.Concurrency;
import dev.leat.workflow.Workflow.OnConflict;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private final Admission admission = new Admission();

    @Test
    void without_a_limit_every_run_starts() {
        assertThat(ask(1, 0, OnConflict.QUEUE)).isInstanceOf(Answer.Start.class);
        assertThat(ask(2, 0, OnConflict.QUEUE)).isInstanceOf(Answer.Start.class);
    }

    @Test
    void a_run_past_the_limit_waits_its_turn_in_order() {
        ask(1, 1, OnConflict.QUEUE);
        assertThat(ask(2, 1, OnConflict.QUEUE))
                .isInstanceOfSatisfying(
                        Answer.Queue.class,
                        answer ->
                                assertThat(answer.reason())
                                        .contains("run 0000000000001 is running"));
        assertThat(ask(3, 1, OnConflict.QUEUE)).isInstanceOf(Answer.Queue.class);
        assertThat(admission.leave("w", 1)).containsExactly(2L);
        assertThat(admission.leave("w", 2)).containsExactly(3L);
        assertThat(admission.leave("w", 3)).isEmpty();
    }

    @Test
    void a_new_run_does_not_overtake_those_in_line() {
        ask(1, 1, OnConflict.QUEUE);
        ask(2, 1, OnConflict.QUEUE);
        admission.leave("w", 1);
        assertThat(ask(3, 1, OnConflict.QUEUE)).isInstanceOf(Answer.Queue.class);
    }

    @Test
    void skip_refuses_and_takes_no_place() {
        ask(1, 1, OnConflict.SKIP);
        assertThat(ask(2, 1, OnConflict.SKIP)).isInstanceOf(Answer.Skip.class);
        assertThat(admission.leave("w", 1)).isEmpty();
        assertThat(ask(3, 1, OnConflict.SKIP)).isInstanceOf(Answer.Start.class);
    }

    @Test
    void cancel_running_names_everyone_before_it() {
        ask(1, 1, OnConflict.CANCEL_RUNNING);
        assertThat(ask(2, 1, OnConflict.CANCEL_RUNNING))
                .isInstanceOfSatisfying(
                        Answer.CancelRunning.class,
                        answer -> assertThat(answer.runs()).containsExactly(1L));
        assertThat(ask(3, 1, OnConflict.CANCEL_RUNNING))
                .isInstanceOfSatisfying(
                        Answer.CancelRunning.class,
                        answer -> assertThat(answer.runs()).containsExactly(1L, 2L));
    }

    @Test
    void a_place_held_by_a_dead_process_is_taken_again_and_given_back() {
        admission.restore("w", 1);
        admission.restoreWaiting("w", 2, 1);
        assertThat(admission.admitAll()).isEmpty();
        assertThat(admission.leave("w", 1)).containsExactly(2L);
    }

    @Test
    void those_in_line_start_after_a_restart_when_nothing_runs() {
        admission.restoreWaiting("w", 2, 1);
        admission.restoreWaiting("w", 3, 1);
        assertThat(admission.admitAll()).isEqualTo(List.of(2L));
    }

    private Answer ask(long run, int limit, OnConflict onConflict) {
        return admission.ask("w", run, new Concurrency(limit, onConflict));
    }
}
