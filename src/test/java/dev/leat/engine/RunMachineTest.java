package dev.leat.engine;

import static dev.leat.engine.Simulation.Attempted.at;
import static dev.leat.store.TaskState.CANCELLED;
import static dev.leat.store.TaskState.FAILED;
import static dev.leat.store.TaskState.PENDING;
import static dev.leat.store.TaskState.SKIPPED;
import static dev.leat.store.TaskState.SUCCESS;
import static dev.leat.store.TaskState.TIMED_OUT;
import static dev.leat.store.TaskState.UNKNOWN;
import static dev.leat.store.TaskState.UPSTREAM_FAILED;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.engine.Simulation.Attempted;
import dev.leat.store.RunState;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.workflow.TestPlans;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunMachineTest {

    private static final Outcome FAILS =
            Outcome.failed(TaskError.transientFailure("exit.1", "it broke"));

    @Test
    void a_chain_runs_in_order_and_its_outputs_pass_on() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "b", "type": "noop", "dependsOn": ["a"]},
                  {"id": "a", "type": "noop"}],
                 "outputs": {"both": "${ tasks.a.output + tasks.b.output }"}}""")
                        .run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.history())
                .containsExactly("a RUNNING", "a SUCCESS", "b RUNNING", "b SUCCESS");
        assertThat(run.outputs()).containsEntry("both", "ab");
    }

    @Test
    void the_end_of_one_task_and_the_start_of_the_next_are_one_write() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "a", "type": "noop"},
                  {"id": "b", "type": "noop", "dependsOn": ["a"]},
                  {"id": "c", "type": "noop", "dependsOn": ["b"]}]}""")
                        .run();
        assertThat(run.writes()).isEqualTo(4);
    }

    @Test
    void independent_branches_run_at_once() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "a", "type": "noop"}, {"id": "b", "type": "noop"}, {"id": "c", "type": "noop"}]}""")
                        .run();
        assertThat(run.took()).isEqualTo(ofSeconds(1));
        assertThat(run.mostRunning()).isEqualTo(3);
    }

    @Test
    void a_pool_lets_in_as_many_as_it_has_places_and_the_others_wait() {
        var run = simulate(POOLED).places(2).run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.mostInPool()).isEqualTo(2);
        assertThat(run.took()).isEqualTo(ofSeconds(2));
        assertThat(run.history()).contains("c WAITING").doesNotContain("free WAITING");
        assertThat(run.inPool()).isZero();
    }

    @Test
    void a_task_that_is_tried_again_gives_its_place_back_meanwhile() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "flaky", "type": "noop", "pool": "db", "priority": 1, "retry": {"maxAttempts": 2, "delay": "10s"}},
                  {"id": "other", "type": "noop", "pool": "db"}]}""")
                        .task(
                                "flaky",
                                (task, attempt) ->
                                        at(
                                                ofSeconds(1),
                                                attempt == 1 ? FAILS : Outcome.succeeded(1L)))
                        .run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.history())
                .containsSubsequence("flaky RETRYING", "other SUCCESS", "flaky SUCCESS");
        assertThat(run.inPool()).isZero();
    }

    @Test
    void a_run_of_a_killed_process_asks_for_its_places_again() {
        for (int write = 1; write <= 8; write++) {
            var run = simulate(POOLED).places(1).dyingAfterWrite(write).run();
            assertThat(run.state()).as("killed after write " + write).isEqualTo(RunState.SUCCESS);
            assertThat(run.mostInPool()).isEqualTo(1);
            assertThat(run.inPool()).isZero();
        }
    }

    @Test
    void a_task_that_waits_for_its_pool_can_be_cancelled() {
        var run = simulate(POOLED).places(0).cancelAt(ofSeconds(3)).run();
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
        assertThat(run.history()).contains("a WAITING", "a CANCELLED");
    }

    private static final String POOLED =
            """
            {"id": "w", "tasks": [
              {"id": "a", "type": "noop", "pool": "db"}, {"id": "b", "type": "noop", "pool": "db"},
              {"id": "c", "type": "noop", "pool": "db"}, {"id": "free", "type": "noop"}]}""";

    @Test
    void no_more_tasks_run_at_once_than_there_are_slots_and_the_important_go_first() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "a", "type": "noop"}, {"id": "b", "type": "noop", "priority": 5}, {"id": "c", "type": "noop", "priority": 1}]}""")
                        .slots(1)
                        .run();
        assertThat(run.mostRunning()).isEqualTo(1);
        assertThat(run.history()).containsSubsequence("b RUNNING", "c RUNNING", "a RUNNING");
    }

    @Test
    void a_failure_stops_what_depends_on_it_and_nothing_else() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "bad", "type": "noop"},
                  {"id": "after", "type": "noop", "dependsOn": ["bad"]},
                  {"id": "beyond", "type": "noop", "dependsOn": ["after"]},
                  {"id": "beside", "type": "noop"}]}""")
                        .task("bad", always(FAILS))
                        .run();
        assertThat(run.ends())
                .containsOnly(
                        Map.entry("bad", FAILED),
                        Map.entry("after", UPSTREAM_FAILED),
                        Map.entry("beyond", UPSTREAM_FAILED),
                        Map.entry("beside", SUCCESS));
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.reason("after")).isEqualTo("'bad' failed, and the rule is all_success");
        assertThat(run.error())
                .satisfies(
                        error -> {
                            assertThat(error.task()).isEqualTo("bad");
                            assertThat(error.code()).isEqualTo("exit.1");
                        });
    }

    @Test
    void a_failure_that_a_later_task_handles_does_not_fail_the_run() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "bad", "type": "noop"},
                  {"id": "repair", "type": "noop", "dependsOn": ["bad"], "triggerRule": "one_failed"}]}""")
                        .task("bad", always(FAILS))
                        .run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.state("repair")).isEqualTo(SUCCESS);
    }

    @Test
    void an_allowed_failure_counts_as_success() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "bad", "type": "noop", "allowFailure": true},
                  {"id": "after", "type": "noop", "dependsOn": ["bad"], "when": "${ tasks.bad.status == 'FAILED' }"}]}""")
                        .task("bad", always(FAILS))
                        .run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.state("bad")).isEqualTo(FAILED);
        assertThat(run.state("after")).isEqualTo(SUCCESS);
    }

    @Test
    void a_false_condition_skips_a_task_and_what_needs_it() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "a", "type": "noop", "when": "${ inputs.n > 3 }"},
                  {"id": "b", "type": "noop", "dependsOn": ["a"]},
                  {"id": "c", "type": "noop", "dependsOn": ["a"], "triggerRule": "none_failed"}],
                 "inputs": {"type": "object", "properties": {"n": {"type": "integer"}}}}""",
                                Map.of("n", 2L))
                        .run();
        assertThat(run.ends())
                .containsOnly(
                        Map.entry("a", SKIPPED), Map.entry("b", SKIPPED), Map.entry("c", SUCCESS));
        assertThat(run.reason("a")).isEqualTo("its condition is false: ${ inputs.n > 3 }");
        assertThat(run.reason("b")).isEqualTo("'a' was skipped, and the rule is all_success");
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void a_disabled_task_is_skipped_in_its_turn_and_its_dependents_go_on() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "a", "type": "noop"},
                  {"id": "off", "type": "noop", "dependsOn": ["a"], "disabled": true},
                  {"id": "b", "type": "noop", "dependsOn": ["off"]}]}""")
                        .run();
        assertThat(run.history())
                .containsExactly("a RUNNING", "a SUCCESS", "off SKIPPED", "b RUNNING", "b SUCCESS");
    }

    @Test
    void a_condition_that_breaks_fails_the_task_with_its_reason() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [{"id": "a", "type": "noop"},
                  {"id": "b", "type": "noop", "dependsOn": ["a"], "when": "${ tasks.a.output.missing.deeper == 1 }"}]}""")
                        .run();
        assertThat(run.state("b")).isEqualTo(FAILED);
        assertThat(run.error().message()).startsWith("when: ");
    }

    @Test
    void a_failed_attempt_is_tried_again_after_its_delay() {
        var run =
                simulate(retrying("\"maxAttempts\": 3, \"delay\": \"10s\""))
                        .task(
                                "a",
                                (task, attempt) ->
                                        at(
                                                ofSeconds(1),
                                                attempt < 3 ? FAILS : Outcome.succeeded("ok")))
                        .run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.attempts("a")).isEqualTo(3);
        assertThat(run.took()).isEqualTo(ofSeconds(1 + 10 + 1 + 20 + 1));
        assertThat(run.history())
                .containsExactly(
                        "a RUNNING",
                        "a RETRYING",
                        "a RUNNING",
                        "a RETRYING",
                        "a RUNNING",
                        "a SUCCESS");
    }

    @Test
    void a_task_that_runs_out_of_attempts_says_so() {
        var run =
                simulate(retrying("\"maxAttempts\": 2, \"delay\": \"1s\""))
                        .task("a", always(FAILS))
                        .run();
        assertThat(run.state("a")).isEqualTo(FAILED);
        assertThat(run.reason("a")).isEqualTo("all 2 attempts failed");
    }

    /// DolphinScheduler #6613 and #12167.
    @Test
    void a_sibling_that_fails_or_ends_neither_stops_nor_hurries_a_pending_retry() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "a", "type": "noop", "retry": {"maxAttempts": 2, "delay": "1m"}},
                  {"id": "bad", "type": "noop"}, {"id": "good", "type": "noop"}]}""")
                        .task(
                                "a",
                                (task, attempt) ->
                                        at(
                                                ofSeconds(1),
                                                attempt == 1 ? FAILS : Outcome.succeeded(null)))
                        .task("bad", (task, attempt) -> at(ofSeconds(20), FAILS))
                        .task("good", (task, attempt) -> at(ofSeconds(30), Outcome.succeeded(null)))
                        .run();
        assertThat(run.state("a")).isEqualTo(SUCCESS);
        assertThat(run.took()).isEqualTo(ofSeconds(62));
        assertThat(run.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void a_last_attempt_that_times_out_leaves_the_task_timed_out() {
        var late = Outcome.failed(TaskError.transientFailure("timeout", "too slow"));
        var run =
                simulate(retrying("\"maxAttempts\": 2, \"delay\": \"1s\""))
                        .task("a", always(late))
                        .run();
        assertThat(run.state("a")).isEqualTo(TIMED_OUT);
        assertThat(run.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void a_wait_holds_its_task_until_the_moment() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [{"id": "a", "type": "wait", "with": {"duration": "1h"}}, {"id": "b", "type": "noop", "dependsOn": ["a"]}]}""")
                        .task(
                                "a",
                                (task, attempt) ->
                                        at(
                                                ofSeconds(1),
                                                new Outcome.Waiting(
                                                        Simulation.START.plus(ofMinutes(60)),
                                                        "until then",
                                                        "waited")))
                        .run();
        assertThat(run.took()).isEqualTo(ofMinutes(60).plusSeconds(1));
        assertThat(run.history()).startsWith("a RUNNING", "a WAITING", "a SUCCESS", "b RUNNING");
    }

    @Test
    void handlers_run_after_a_failure_and_know_it_and_the_end_is_still_a_failure() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [{"id": "bad", "type": "noop"}],
                 "onFailure": [{"id": "tell", "type": "noop", "when": "${ error.task == 'bad' && error.code == 'exit.1' }"}],
                 "finally": [{"id": "tidy", "type": "noop"}]}""")
                        .task("bad", always(FAILS))
                        .run();
        assertThat(run.history())
                .containsExactly(
                        "bad RUNNING",
                        "bad FAILED",
                        "tell RUNNING",
                        "tell SUCCESS",
                        "tidy RUNNING",
                        "tidy SUCCESS");
        assertThat(run.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void after_a_success_only_the_finally_tasks_run() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [{"id": "a", "type": "noop"}],
                 "onFailure": [{"id": "tell", "type": "noop"}], "finally": [{"id": "tidy", "type": "noop"}]}""")
                        .run();
        assertThat(run.state("tell")).isEqualTo(PENDING);
        assertThat(run.state("tidy")).isEqualTo(SUCCESS);
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void cleaning_up_that_fails_fails_a_run_that_had_succeeded() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [{"id": "a", "type": "noop"}], "finally": [{"id": "tidy", "type": "noop"}]}""")
                        .task("tidy", always(FAILS))
                        .run();
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.error().task()).isEqualTo("tidy");
    }

    @Test
    void a_cancelled_run_stops_its_tasks_runs_finally_and_ends_cancelled() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "slow", "type": "noop"}, {"id": "after", "type": "noop", "dependsOn": ["slow"]}],
                 "onFailure": [{"id": "tell", "type": "noop"}], "finally": [{"id": "tidy", "type": "noop"}]}""")
                        .task("slow", (task, attempt) -> at(ofMinutes(10), Outcome.succeeded(null)))
                        .cancelAt(ofSeconds(30))
                        .run();
        assertThat(run.ends())
                .containsOnly(
                        Map.entry("slow", CANCELLED),
                        Map.entry("after", CANCELLED),
                        Map.entry("tidy", SUCCESS));
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
        assertThat(run.reason("slow")).isEqualTo("the run was cancelled by ada: not needed");
    }

    @Test
    void cancelling_ends_a_pending_retry_and_a_wait_at_once() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "again", "type": "noop", "retry": {"maxAttempts": 5, "delay": "1h"}}, {"id": "wait", "type": "noop"}]}""")
                        .task("again", always(FAILS))
                        .task(
                                "wait",
                                (task, attempt) ->
                                        at(
                                                ofSeconds(1),
                                                new Outcome.Waiting(
                                                        Simulation.START.plus(Duration.ofDays(1)),
                                                        "a day",
                                                        null)))
                        .cancelAt(ofSeconds(30))
                        .run();
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
        assertThat(run.took()).isEqualTo(ofSeconds(30));
    }

    @Test
    void a_run_past_its_timeout_stops_its_tasks_runs_its_handlers_and_says_so() {
        var run =
                simulate(
                                """
                {"id": "w", "timeout": "1m", "tasks": [{"id": "slow", "type": "noop"}, {"id": "after", "type": "noop", "dependsOn": ["slow"]}],
                 "onFailure": [{"id": "tell", "type": "noop", "when": "${ error.code == 'run-timeout' }"}]}""")
                        .task("slow", (task, attempt) -> at(ofMinutes(10), Outcome.succeeded(null)))
                        .run();
        assertThat(run.ends())
                .containsOnly(
                        Map.entry("slow", CANCELLED),
                        Map.entry("after", CANCELLED),
                        Map.entry("tell", SUCCESS));
        assertThat(run.state()).isEqualTo(RunState.TIMED_OUT);
        assertThat(run.error().message()).isEqualTo("the run took longer than its timeout of 1 m");
    }

    @Test
    void vars_that_break_fail_the_run_before_any_task() {
        var run =
                simulate(
                                """
                {"id": "w", "vars": {"x": "${ 1 / int(inputs.n) }"}, "inputs": {"type": "object", "properties": {"n": {"type": "string"}}},
                 "tasks": [{"id": "a", "type": "noop"}]}""",
                                Map.of("n", "not a number"))
                        .run();
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.state("a")).isEqualTo(CANCELLED);
        assertThat(run.error().message()).startsWith("vars.x: ");
    }

    @Test
    void outputs_that_break_fail_the_run() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [{"id": "a", "type": "noop"}], "outputs": {"x": "${ tasks.a.output.nothing.here }"}}""")
                        .run();
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.error().message()).startsWith("outputs.x: ");
    }

    @Test
    void an_attempt_lost_with_its_process_runs_again_and_is_no_retry() {
        var run =
                simulate(retrying("\"maxAttempts\": 2, \"delay\": \"1s\""))
                        .task(
                                "a",
                                (task, attempt) ->
                                        at(
                                                ofSeconds(1),
                                                attempt < 3 ? FAILS : Outcome.succeeded(null)))
                        .dyingAfterWrite(1)
                        .run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.attempts("a")).isEqualTo(3);
    }

    @Test
    void a_task_that_must_not_run_twice_ends_unknown_when_its_process_is_lost() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [{"id": "pay", "type": "noop", "retrySafe": false}], "onFailure": [{"id": "tell", "type": "noop"}]}""")
                        .dyingAfterWrite(1)
                        .run();
        assertThat(run.state("pay")).isEqualTo(UNKNOWN);
        assertThat(run.state("tell")).isEqualTo(SUCCESS);
        assertThat(run.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void a_task_that_takes_its_process_down_each_time_is_quarantined() {
        var simulation =
                simulate("{\"id\": \"w\", \"tasks\": [{\"id\": \"poison\", \"type\": \"noop\"}]}");
        for (int write = 1; write <= LostAttempt.MOST_LOSSES; write++) {
            simulation.dyingAfterWrite(write);
        }
        var run = simulation.run();
        assertThat(run.state("poison")).isEqualTo(FAILED);
        assertThat(run.error().code()).isEqualTo("quarantined");
    }

    /// DolphinScheduler #15763.
    @Test
    void a_pending_retry_fires_at_its_time_after_a_restart() {
        var run =
                simulate(retrying("\"maxAttempts\": 2, \"delay\": \"1m\""))
                        .task(
                                "a",
                                (task, attempt) ->
                                        at(
                                                ofSeconds(1),
                                                attempt == 1 ? FAILS : Outcome.succeeded(null)))
                        .dyingAfterWrite(2)
                        .run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.took()).isEqualTo(ofSeconds(62));
    }

    /// Kestra #19722.
    @Test
    void a_cancelled_run_stays_cancelled_through_a_restart() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [{"id": "slow", "type": "noop"}, {"id": "after", "type": "noop", "dependsOn": ["slow"]}]}""")
                        .task("slow", (task, attempt) -> at(ofMinutes(10), Outcome.succeeded(null)))
                        .cancelAt(ofSeconds(30))
                        .dyingAfterWrite(2)
                        .run();
        assertThat(run.ends())
                .containsOnly(Map.entry("slow", CANCELLED), Map.entry("after", CANCELLED));
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void wherever_the_process_dies_the_run_ends_the_same() {
        var text =
                """
                {"id": "w", "tasks": [
                  {"id": "a", "type": "noop"},
                  {"id": "flaky", "type": "noop", "dependsOn": ["a"], "retry": {"maxAttempts": 3, "delay": "5s"}},
                  {"id": "off", "type": "noop", "dependsOn": ["a"], "when": "${ false }"},
                  {"id": "join", "type": "noop", "dependsOn": ["flaky", "off"], "triggerRule": "none_failed"},
                  {"id": "bad", "type": "noop", "dependsOn": ["a"]},
                  {"id": "never", "type": "noop", "dependsOn": ["bad", "join"]},
                  {"id": "nap", "type": "noop"}],
                 "onFailure": [{"id": "tell", "type": "noop"}],
                 "finally": [{"id": "tidy", "type": "noop"}, {"id": "close", "type": "noop", "dependsOn": ["tidy"]}]}""";
        var undisturbed = behaving(simulate(text)).run();
        assertThat(undisturbed.state()).isEqualTo(RunState.FAILED);
        assertThat(undisturbed.writes()).isGreaterThan(10);
        for (int write = 1; write < undisturbed.writes(); write++) {
            var disturbed = behaving(simulate(text)).dyingAfterWrite(write).run();
            assertThat(disturbed.ends())
                    .as("killed after write %d", write)
                    .containsExactlyInAnyOrderEntriesOf(undisturbed.ends());
            assertThat(disturbed.state())
                    .as("killed after write %d", write)
                    .isEqualTo(RunState.FAILED);
            assertThat(disturbed.error().task())
                    .as("killed after write %d", write)
                    .isEqualTo("bad");
        }
    }

    private static Simulation behaving(Simulation simulation) {
        return simulation
                .task(
                        "flaky",
                        (task, attempt) ->
                                at(
                                        ofSeconds(2),
                                        attempt - task.lost < 2 ? FAILS : Outcome.succeeded("ok")))
                .task(
                        "nap",
                        (task, attempt) ->
                                at(
                                        ofSeconds(1),
                                        new Outcome.Waiting(
                                                Simulation.START.plusSeconds(12),
                                                "a nap",
                                                "rested")))
                .task("bad", always(FAILS));
    }

    private static BiFunction<TaskCell, Integer, Attempted> always(Outcome outcome) {
        return (task, attempt) -> at(ofSeconds(1), outcome);
    }

    private static String retrying(String retry) {
        return "{\"id\": \"w\", \"tasks\": [{\"id\": \"a\", \"type\": \"noop\", \"retry\": {%s}}]}"
                .formatted(retry);
    }

    private static Simulation simulate(String text) {
        return simulate(text, Map.of());
    }

    private static Simulation simulate(String text, Map<String, @Nullable Object> inputs) {
        return new Simulation(TestPlans.plan(text), inputs);
    }
}
