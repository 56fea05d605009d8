package dev.leat.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.RunState;
import dev.leat.store.WorkflowHistory.Glance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void of_no_runs_there_is_nothing_to_say() {
        var figures = Figures.of(List.of());

        assertThat(figures.any()).isFalse();
        assertThat(figures.success()).isNull();
        assertThat(figures.median()).isNull();
        assertThat(figures.failing()).isFalse();
    }

    @Test
    void success_counts_what_ended_well_or_badly_and_no_more() {
        var figures =
                Figures.of(
                        List.of(
                                run(RunState.RUNNING, null),
                                run(RunState.CANCELLED, 5L),
                                run(RunState.SUCCESS, 1L),
                                run(RunState.SUCCESS, 1L),
                                run(RunState.TIMED_OUT, 9L)));

        assertThat(figures.success()).isEqualTo(66);
        assertThat(figures.running()).isOne();
    }

    @Test
    void a_workflow_is_failing_by_its_last_end_whatever_goes_on_now() {
        var failing =
                Figures.of(
                        List.of(
                                run(RunState.RUNNING, null),
                                run(RunState.CANCELLED, 1L),
                                run(RunState.FAILED, 1L),
                                run(RunState.SUCCESS, 1L)));
        var mended = Figures.of(List.of(run(RunState.SUCCESS, 1L), run(RunState.FAILED, 1L)));

        assertThat(failing.failing()).isTrue();
        assertThat(mended.failing()).isFalse();
    }

    @Test
    void durations_are_those_of_half_and_of_nineteen_in_twenty() {
        var runs = new ArrayList<Glance>();
        for (long millis = 1; millis <= 20; millis++) {
            runs.add(run(RunState.SUCCESS, millis));
        }
        var figures = Figures.of(runs);

        assertThat(figures.median()).isEqualTo(10);
        assertThat(figures.slow()).isEqualTo(19);
    }

    private static Glance run(RunState state, @Nullable Long millis) {
        return new Glance(
                1, state, 1, 0, 1_000L, millis == null ? null : (Long) (1_000 + millis * 1_000));
    }
}
