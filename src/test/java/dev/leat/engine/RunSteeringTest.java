package dev.leat.engine;

import static dev.leat.engine.Simulation.Attempted.at;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.Operation;
import dev.leat.store.Operation.Action;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.workflow.TestPlans;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What people do to a run that is under way. Tasks take a second, unless they say otherwise.
class RunSteeringTest {

    private static final String CHAIN =
            """
            {"id": "w", "tasks": [
              {"id": "a", "type": "noop"},
              {"id": "b", "type": "noop", "dependsOn": ["a"]},
              {"id": "c", "type": "noop", "dependsOn": ["b"]}]}""";

    private static final String POOLED =
            """
            {"id": "w", "tasks": [
              {"id": "a", "type": "noop", "pool": "db"}, {"id": "b", "type": "noop", "pool": "db"}]}""";

    private static final Outcome FAILS =
            Outcome.failed(TaskError.transientFailure("exit.1", "it broke"));

    private static final Duration HALF = Duration.ofMillis(500);

    private long ids;

    @Test
    void a_paused_run_begins_nothing_and_what_runs_ends() {
        var run = simulate(CHAIN).operateAt(HALF, pause()).run();
        assertThat(run.state()).isEqualTo(RunState.PAUSED);
        assertThat(run.reason()).isEqualTo("paused by ada: look first");
        assertThat(run.ends()).isEqualTo(Map.of("a", TaskState.SUCCESS));
        assertThat(run.operations()).extracting(Operation::state).containsExactly(DONE);
    }

    @Test
    void a_resumed_run_goes_on_where_it_was() {
        var run = simulate(CHAIN).operateAt(HALF, pause()).operateAt(ofSeconds(60), resume()).run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.took()).isEqualTo(ofSeconds(62));
    }

    @Test
    void a_killed_process_leaves_a_paused_run_paused() {
        for (int write = 2; write <= 7; write++) {
            var run =
                    simulate(CHAIN)
                            .operateAt(HALF, pause())
                            .operateAt(ofSeconds(60), resume())
                            .dyingAfterWrite(write)
                            .run();
            assertThat(run.state()).as("after write " + write).isEqualTo(RunState.SUCCESS);
            assertThat(run.took()).isGreaterThanOrEqualTo(ofSeconds(61));
        }
    }

    @Test
    void a_retry_that_comes_due_waits_for_the_run_to_go_on() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "flaky", "type": "noop", "retry": {"maxAttempts": 2, "delay": "10s"}}]}""")
                        .task(
                                "flaky",
                                (task, attempt) ->
                                        at(
                                                ofSeconds(1),
                                                attempt == 1 ? FAILS : Outcome.succeeded(1L)))
                        .operateAt(ofSeconds(5), pause())
                        .operateAt(ofSeconds(30), resume())
                        .run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.took()).isEqualTo(ofSeconds(31));
    }

    @Test
    void a_paused_run_still_runs_out_of_time() {
        var run =
                simulate(CHAIN.replace("\"id\": \"w\",", "\"id\": \"w\", \"timeout\": \"20s\","))
                        .operateAt(HALF, pause())
                        .run();
        assertThat(run.state()).isEqualTo(RunState.TIMED_OUT);
        assertThat(run.took()).isEqualTo(ofSeconds(20));
        assertThat(run.state("b")).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void a_paused_run_can_be_cancelled_and_cleans_up() {
        var run =
                simulate(
                                CHAIN.replace(
                                        "]}]}",
                                        "]}], \"finally\": [{\"id\": \"tidy\", \"type\": \"noop\"}]}"))
                        .operateAt(HALF, pause())
                        .cancelAt(ofSeconds(9))
                        .run();
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
        assertThat(run.state("tidy")).isEqualTo(TaskState.SUCCESS);
        assertThat(run.state("b")).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void a_run_whose_last_task_ends_while_it_is_paused_ends() {
        var run = simulate(CHAIN).operateAt(ofSeconds(2).plus(HALF), pause()).run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void handlers_of_a_paused_run_wait_too() {
        var handled =
                """
                {"id": "w", "tasks": [{"id": "bad", "type": "noop"}],
                 "onFailure": [{"id": "tell", "type": "noop"}]}""";
        var run =
                simulate(handled)
                        .task("bad", (task, attempt) -> at(ofSeconds(1), FAILS))
                        .operateAt(HALF, pause())
                        .run();
        assertThat(run.state()).isEqualTo(RunState.PAUSED);
        assertThat(run.state("tell")).isEqualTo(TaskState.PENDING);
    }

    @Test
    void a_paused_run_holds_no_place_in_a_pool_that_it_does_not_use() {
        var run =
                simulate(POOLED)
                        .places(1)
                        .operateAt(HALF, pause())
                        .operateAt(ofSeconds(9), resume())
                        .run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.mostInPool()).isEqualTo(1);
        assertThat(run.inPool()).isZero();
        assertThat(run.took()).isEqualTo(ofSeconds(10));
    }

    @Test
    void pausing_twice_is_pausing_once_and_going_on_twice_is_refused() {
        var run =
                simulate(CHAIN)
                        .operateAt(HALF, pause())
                        .operateAt(HALF, pause())
                        .operateAt(ofSeconds(5), resume())
                        .operateAt(ofSeconds(5), resume())
                        .run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.operations())
                .extracting(Operation::state)
                .containsExactly(DONE, DONE, DONE, Operation.State.REFUSED);
    }

    @Test
    void a_run_that_is_being_ended_is_not_paused() {
        var tidied =
                CHAIN.replace(
                        "]}]}", "]}], \"finally\": [{\"id\": \"tidy\", \"type\": \"noop\"}]}");
        var run = simulate(tidied).cancelAt(HALF).operateAt(ofSeconds(1), pause()).run();
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
        assertThat(run.operations().getLast().state()).isEqualTo(Operation.State.REFUSED);
    }

    @Test
    void a_task_in_any_state_is_marked_and_the_run_goes_on_as_if_it_had_ended_so() {
        for (int write = 0; write <= 4; write++) {
            var run =
                    simulate(CHAIN)
                            .task("a", (task, attempt) -> at(ofSeconds(100), FAILS))
                            .operateAt(ofSeconds(5), mark("a", "SUCCESS", 42L))
                            .dyingAfterWrite(write)
                            .run();
            assertThat(run.state()).as("killed after write " + write).isEqualTo(RunState.SUCCESS);
            assertThat(run.took()).isEqualTo(ofSeconds(7));
            assertThat(run.operations().getLast().state()).isEqualTo(DONE);
            assertThat(run.reason("a")).isEqualTo("marked SUCCESS by ada: look first");
        }
    }

    @Test
    void a_task_that_has_not_begun_is_skipped_and_so_is_what_needs_it() {
        var run = simulate(CHAIN).operateAt(HALF, skip("b")).run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.state("b")).isEqualTo(TaskState.SKIPPED);
        assertThat(run.state("c")).isEqualTo(TaskState.SKIPPED);
    }

    @Test
    void a_task_that_waits_for_its_retry_or_its_pool_is_marked() {
        var retried =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "flaky", "type": "noop", "retry": {"maxAttempts": 2, "delay": "10m"}}]}""")
                        .task("flaky", (task, attempt) -> at(ofSeconds(1), FAILS))
                        .operateAt(ofSeconds(5), mark("flaky", "FAILED", null))
                        .run();
        assertThat(retried.state()).isEqualTo(RunState.FAILED);
        assertThat(retried.took()).isEqualTo(ofSeconds(5));
        assertThat(retried.error())
                .satisfies(error -> assertThat(error.code()).isEqualTo("marked"));

        var pooled =
                simulate(POOLED)
                        .places(0)
                        .operateAt(ofSeconds(5), mark("a", "SUCCESS", null))
                        .operateAt(ofSeconds(6), skip("b"))
                        .run();
        assertThat(pooled.state()).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void a_task_of_which_nobody_knows_how_it_ended_is_marked_and_what_followed_is_taken_back() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "risky", "type": "noop", "retrySafe": false},
                  {"id": "after", "type": "noop", "dependsOn": ["risky"]},
                  {"id": "beyond", "type": "noop", "dependsOn": ["after"]},
                  {"id": "beside", "type": "noop"}]}""")
                        .task("risky", (task, attempt) -> at(ofSeconds(1), Outcome.succeeded(1L)))
                        .task("beside", (task, attempt) -> at(ofSeconds(30), Outcome.succeeded(1L)))
                        .dyingAfterWrite(1)
                        .operateAt(ofSeconds(10), mark("risky", "SUCCESS", 7L))
                        .run();
        assertThat(run.history())
                .containsSubsequence(
                        "risky UNKNOWN",
                        "after UPSTREAM_FAILED",
                        "after PENDING",
                        "risky SUCCESS",
                        "after RUNNING",
                        "beyond SUCCESS");
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void a_task_that_has_ended_and_one_that_is_not_there_are_not_marked() {
        var run =
                simulate(CHAIN)
                        .operateAt(ofSeconds(1).plus(HALF), mark("a", "FAILED", null))
                        .operateAt(ofSeconds(1).plus(HALF), mark("z", "FAILED", null))
                        .run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.operations())
                .extracting(Operation::answer)
                .satisfiesExactly(
                        answer -> assertThat(answer).contains("has ended already: SUCCESS"),
                        answer -> assertThat(answer).contains("Task 'z' is none of those"));
    }

    private static final Operation.State DONE = Operation.State.DONE;

    private Operation pause() {
        return operation(Action.PAUSE, null, Map.of());
    }

    private Operation resume() {
        return operation(Action.RESUME, null, Map.of());
    }

    private Operation skip(String task) {
        return operation(Action.SKIP, task, Map.of("state", "SKIPPED"));
    }

    private Operation mark(String task, String state, @Nullable Object output) {
        return operation(
                Action.MARK,
                task,
                output == null ? Map.of("state", state) : Map.of("state", state, "output", output));
    }

    private Operation operation(
            Action action, @Nullable String task, Map<String, @Nullable Object> details) {
        return new Request("api", "ada", "look first")
                .operation(++ids, 1, action, task, details, Simulation.START);
    }

    private static Simulation simulate(String definition) {
        return new Simulation(TestPlans.plan(definition), Map.of());
    }
}
