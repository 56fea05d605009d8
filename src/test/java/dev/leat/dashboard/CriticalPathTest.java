package dev.leat.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CriticalPathTest {

    @Test
    void it_is_the_chain_that_the_end_waited_for() {
        var run =
                new ToldRun()
                        .ran("open", 0, 2)
                        .ran("short", 2, 3, "open")
                        .ran("long", 2, 12, "open")
                        .ran("merge", 12, 14, "short", "long")
                        .ran("aside", 2, 5, "open")
                        .ended(14);

        var path = CriticalPath.of(run, ToldRun.at(99));

        assertThat(path.tasks()).containsExactly("open", "long", "merge");
        assertThat(path.words())
                .isEqualTo(
                        "3 tasks on the longest path, 14.0 s of 14.0 s; the most in long, 10.0 s");
    }

    @Test
    void time_between_tasks_is_the_runs_and_not_the_paths() {
        var run = new ToldRun().ran("one", 1, 3).ran("two", 8, 9, "one").ended(10);

        var path = CriticalPath.of(run, ToldRun.at(10));

        assertThat(path.millis()).isEqualTo(3_000);
        assertThat(path.ofMillis()).isEqualTo(10_000);
    }

    @Test
    void a_skipped_task_hands_on_what_it_waited_for_without_being_on_the_path() {
        var run =
                new ToldRun()
                        .ran("slow", 0, 6)
                        .skipped("not_today", 6, "slow")
                        .ran("quick", 0, 1)
                        .ran("last", 6, 7, "not_today", "quick")
                        .ended(7);

        assertThat(CriticalPath.of(run, ToldRun.at(7)).tasks()).containsExactly("slow", "last");
    }

    @Test
    void handlers_come_after_all_that_was_before_them() {
        var run =
                new ToldRun()
                        .ran("fine", 0, 4)
                        .failed("broken", 0, 6)
                        .handled("onFailure", "alarm", 6, 7)
                        .handled("finally", "release", 7, 8)
                        .ended(8);

        assertThat(CriticalPath.of(run, ToldRun.at(8)).tasks())
                .containsExactly("broken", "alarm", "release");
    }

    @Test
    void while_the_run_goes_on_it_leads_to_what_has_run_longest() {
        var run =
                new ToldRun()
                        .ran("open", 0, 1)
                        .runs("busy", 1, "open")
                        .pending("later", "busy")
                        .going(9);

        var path = CriticalPath.of(run, ToldRun.at(9));

        assertThat(path.tasks()).containsExactly("open", "busy");
        assertThat(path.slowestMillis()).isEqualTo(8_000);
    }

    @Test
    void a_run_in_which_nothing_has_begun_has_none() {
        var run = new ToldRun().pending("only").going(3);

        assertThat(CriticalPath.of(run, ToldRun.at(3)).empty()).isTrue();
        assertThat(CriticalPath.of(run, ToldRun.at(3)).words()).isEmpty();
    }
}
