package dev.leat.engine;

import static dev.leat.engine.Simulation.Attempted.at;
import static dev.leat.store.TaskState.CANCELLED;
import static dev.leat.store.TaskState.FAILED;
import static dev.leat.store.TaskState.PENDING;
import static dev.leat.store.TaskState.SKIPPED;
import static dev.leat.store.TaskState.SUCCESS;
import static dev.leat.store.TaskState.TIMED_OUT;
import static dev.leat.store.TaskState.UPSTREAM_FAILED;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.engine.Simulation.Attempted;
import dev.leat.store.RunState;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.workflow.TestPlans;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// The constructs of the language, on a machine with a clock of its own; each of them also with the
/// process killed after each of its writes.
class ConstructsTest {

    private static final String EACH =
            """
            {"id": "w", "tasks": [
              {"id": "load", "type": "noop", "forEach": {"items": [10, 20, 30, 40], "concurrency": 2}},
              {"id": "sum", "type": "noop", "dependsOn": ["load"]}],
             "outputs": {"loaded": "${ tasks.load.output }"}}""";

    private static final Outcome FAILS =
            Outcome.failed(TaskError.transientFailure("exit.1", "it broke"));

    @Test
    void each_item_is_a_task_and_the_results_are_in_order() {
        var run = each().run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.outputs()).containsEntry("loaded", List.of(100L, 200L, 300L, 400L));
        assertThat(run.state("load.3")).isEqualTo(SUCCESS);
        assertThat(run.history()).endsWith("load SUCCESS", "sum RUNNING", "sum SUCCESS");
    }

    @Test
    void so_many_items_run_at_once_as_the_task_says() {
        var run = each().run();
        assertThat(run.mostRunning()).isEqualTo(2);
        assertThat(run.took()).isEqualTo(ofSeconds(3));
    }

    @Test
    void items_go_on_after_a_kill_at_any_moment_and_those_that_ended_do_not_run_again() {
        everywhere(
                ConstructsTest::each,
                run -> {
                    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
                    assertThat(run.outputs())
                            .containsEntry("loaded", List.of(100L, 200L, 300L, 400L));
                    assertThat(run.history().stream().filter("load.0 SUCCESS"::equals)).hasSize(1);
                });
    }

    @Test
    void the_first_failed_item_stops_the_others_and_those_that_have_not_begun_never_do() {
        var run = each().task("load.1", (cell, n) -> at(Duration.ofMillis(10), FAILS)).run();
        assertThat(run.state("load")).isEqualTo(FAILED);
        assertThat(run.state("load.0")).isEqualTo(CANCELLED);
        assertThat(run.state("load.2")).isEqualTo(PENDING);
        assertThat(run.error().message()).isEqualTo("1 of 4 items failed; item 1: it broke");
        assertThat(run.state("sum")).isEqualTo(UPSTREAM_FAILED);
    }

    @Test
    void without_failFast_all_items_run_and_the_task_fails_at_the_end() {
        var run =
                simulate(EACH.replace("\"concurrency\": 2", "\"failFast\": false"))
                        .task("load.1", (cell, n) -> at(Duration.ofMillis(10), FAILS))
                        .run();
        assertThat(run.state("load")).isEqualTo(FAILED);
        assertThat(run.state("load.0")).isEqualTo(SUCCESS);
        assertThat(run.state("load.3")).isEqualTo(SUCCESS);
        assertThat(run.output("load")).isEqualTo(Arrays.asList("load.0", null, "load.2", "load.3"));
    }

    @Test
    void an_item_is_tried_again_by_itself() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "load", "type": "noop", "forEach": {"items": ["a", "b"]},
                   "retry": {"maxAttempts": 3, "delay": "10s", "multiplier": 1}}]}""")
                        .task(
                                "load.1",
                                (cell, n) ->
                                        at(
                                                ofSeconds(1),
                                                n < 3 ? FAILS : Outcome.succeeded("third")))
                        .run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.attempts("load.1")).isEqualTo(3);
        assertThat(run.attempts("load.0")).isEqualTo(1);
        assertThat(run.output("load")).isEqualTo(List.of("load.0", "third"));
    }

    @Test
    void an_object_is_gone_through_by_key_and_value_and_nothing_takes_no_time() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "none", "type": "noop", "forEach": {"items": []}},
                  {"id": "pairs", "type": "noop", "forEach": {"items": {"de": 1, "at": 2}}}]}""")
                        .task(
                                "pairs.1",
                                (cell, n) -> at(ofSeconds(1), Outcome.succeeded(cell.item)))
                        .run();
        assertThat(run.output("pairs"))
                .isEqualTo(List.of("pairs.0", Map.of("key", "at", "value", 2L)));
        assertThat(run.output("none")).isEqualTo(List.of());
        assertThat(run.state("none")).isEqualTo(SUCCESS);
    }

    @Test
    void items_that_are_no_list_fail_the_task_with_a_sentence() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "a", "type": "noop"},
                  {"id": "load", "type": "noop", "dependsOn": ["a"],
                   "forEach": {"items": "${ tasks.a.output }"}}]}""")
                        .run();
        assertThat(run.state("load")).isEqualTo(FAILED);
        assertThat(run.error().message()).contains("neither a list nor an object");
    }

    @Test
    void a_cancelled_run_stops_its_items_and_begins_no_others() {
        var run = each().cancelAt(Duration.ofMillis(500)).run();
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
        assertThat(run.state("load")).isEqualTo(CANCELLED);
        assertThat(run.state("load.3")).isEqualTo(PENDING);
    }

    @Test
    void ten_thousand_items_are_gone_through() {
        var items = "[" + "1, ".repeat(9_999) + "1]";
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [{"id": "load", "type": "noop", "forEach": {"items": %s, "concurrency": 500}}],
                 "outputs": {"count": "${ size(tasks.load.output) }"}}"""
                                        .formatted(items))
                        .run();
        assertThat(run.outputs()).containsEntry("count", 10_000L);
        assertThat(run.mostRunning()).isEqualTo(500);
    }

    @Test
    void a_task_is_repeated_until_its_output_says_so() {
        var run = polled().run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.attempts("poll")).isEqualTo(4);
        assertThat(run.took()).isEqualTo(ofSeconds(4 + 3 * 60));
        assertThat(run.outputs()).containsEntry("last", Map.of("done", true));
    }

    @Test
    void repetitions_go_on_after_a_kill_at_any_moment() {
        everywhere(
                ConstructsTest::polled,
                run -> {
                    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
                    assertThat(run.outputs()).containsEntry("last", Map.of("done", true));
                });
    }

    @Test
    void a_repetition_has_a_bound() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "poll", "type": "noop", "repeat": {"while": "${ true }", "maxTimes": 5}}]}""")
                        .run();
        assertThat(run.state("poll")).isEqualTo(FAILED);
        assertThat(run.attempts("poll")).isEqualTo(5);
        assertThat(run.error().code()).isEqualTo("repeat-exhausted");
    }

    @Test
    void each_repetition_has_its_retries_anew() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "poll", "type": "noop", "repeat": {"until": "${ repetition == 2 }", "maxTimes": 5},
                   "retry": {"maxAttempts": 2, "delay": "1s"}}]}""")
                        .task(
                                "poll",
                                (cell, n) ->
                                        at(ofSeconds(1), n % 2 == 1 ? FAILS : Outcome.succeeded(n)))
                        .run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.attempts("poll")).isEqualTo(6);
    }

    @Test
    void a_switch_starts_the_tasks_of_one_branch_and_skips_the_others() {
        var run = switched("de").run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.state("german")).isEqualTo(SUCCESS);
        assertThat(run.state("other")).isEqualTo(SKIPPED);
        assertThat(run.reason("other"))
                .isEqualTo("'route' took the branch 'de', and the rule is all_success");
        assertThat(run.state("always")).isEqualTo(SUCCESS);
        assertThat(run.state("join")).isEqualTo(SUCCESS);
    }

    @Test
    void a_switch_decides_the_same_after_a_kill_at_any_moment() {
        everywhere(
                () -> switched("fr"),
                run -> {
                    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
                    assertThat(run.state("german")).isEqualTo(SKIPPED);
                    assertThat(run.state("other")).isEqualTo(SUCCESS);
                });
    }

    @Test
    void an_answer_is_what_the_task_gives_back() {
        var run = approved().answer("ask", ofHours(5), Outcome.succeeded("yes")).run();
        assertThat(run.state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.took()).isGreaterThan(ofHours(5));
        assertThat(run.outputs()).containsEntry("answer", "yes");
    }

    @Test
    void a_wait_for_an_answer_goes_on_after_a_kill_at_any_moment() {
        everywhere(
                () -> approved().answer("ask", ofHours(5), Outcome.succeeded("yes")),
                run -> {
                    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
                    assertThat(run.outputs()).containsEntry("answer", "yes");
                });
    }

    @Test
    void an_answer_that_comes_too_late_finds_the_default_taken() {
        everywhere(
                () -> approved().answer("ask", ofHours(50), Outcome.succeeded("yes")),
                run -> {
                    assertThat(run.state()).isEqualTo(RunState.SUCCESS);
                    assertThat(run.outputs()).containsEntry("answer", "default");
                    assertThat(run.took()).isLessThan(ofHours(49));
                });
    }

    @Test
    void an_answer_that_came_before_the_deadline_counts_however_late_it_is_heard_of() {
        everywhere(
                () ->
                        approved()
                                .answer(
                                        "ask",
                                        ofHours(48).minusSeconds(1),
                                        Outcome.succeeded("yes")),
                run -> assertThat(run.outputs()).containsEntry("answer", "yes"));
    }

    @Test
    void a_timeout_counts_for_the_wait_too() {
        var run =
                simulate(APPROVAL.replace("\"with\"", "\"timeout\": \"1h\", \"with\""))
                        .task("ask", asks(ofHours(48)))
                        .run();
        assertThat(run.state("ask")).isEqualTo(TIMED_OUT);
        assertThat(run.took()).isLessThan(ofHours(2));
    }

    @Test
    void a_run_that_a_task_started_ends_before_the_task_is_cancelled() {
        var run = child().cancelAt(ofSeconds(30)).run();
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
        assertThat(run.history()).contains("stop c1");
        assertThat(run.state("sub")).isEqualTo(CANCELLED);
        assertThat(run.took()).isEqualTo(ofSeconds(31));
    }

    @Test
    void a_cancelled_parent_stops_its_child_after_a_kill_at_any_moment() {
        everywhere(
                () -> child().cancelAt(ofSeconds(30)),
                run -> {
                    assertThat(run.state()).isEqualTo(RunState.CANCELLED);
                    assertThat(run.history()).contains("stop c1");
                });
    }

    @Test
    void a_failed_child_is_started_anew_where_the_task_is_tried_again() {
        var run =
                simulate(
                                CHILD.replace(
                                        "\"with\"",
                                        "\"retry\": {\"maxAttempts\": 2, \"delay\": \"1m\"}, \"with\""))
                        .task("sub", (cell, n) -> at(ofSeconds(1), waitsFor("c" + n)))
                        .answer("sub", ofSeconds(10), FAILS)
                        .run();
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.attempts("sub")).isEqualTo(2);
    }

    @Test
    void an_output_with_a_cache_is_kept_only_where_a_key_is_known() {
        var run =
                simulate(
                                """
                {"id": "w", "tasks": [
                  {"id": "a", "type": "noop", "cache": {"key": "k", "ttl": "1d"}},
                  {"id": "b", "type": "noop"}]}""")
                        .task(
                                "a",
                                (cell, n) -> {
                                    cell.cacheKey = "hash";
                                    return at(ofSeconds(1), Outcome.succeeded(1L));
                                })
                        .run();
        assertThat(run.cached()).containsExactly("a");
    }

    // ---- the workflows

    private static final String APPROVAL =
            """
            {"id": "w", "tasks": [{"id": "ask", "type": "approval", "with": {"title": "Go on?"}}],
             "outputs": {"answer": "${ tasks.ask.output }"}}""";

    private static final String CHILD =
            """
            {"id": "w", "tasks": [{"id": "sub", "type": "subflow", "with": {"workflow": "other"}}]}""";

    private static Simulation each() {
        var run = simulate(EACH);
        for (int item = 0; item < 4; item++) {
            run.task(
                    "load." + item,
                    (cell, n) ->
                            at(
                                    ofSeconds(1),
                                    Outcome.succeeded(((Number) cell.item).longValue() * 10)));
        }
        return run;
    }

    private static Simulation polled() {
        return simulate(
                        """
                {"id": "w", "tasks": [
                  {"id": "poll", "type": "noop",
                   "repeat": {"until": "${ output.done }", "maxTimes": 10, "delay": "1m"}}],
                 "outputs": {"last": "${ tasks.poll.output }"}}""")
                .task(
                        "poll",
                        (cell, n) ->
                                at(
                                        ofSeconds(1),
                                        Outcome.succeeded(Map.of("done", cell.repetition == 3))));
    }

    private static Simulation switched(String country) {
        return simulate(
                        """
                {"id": "w", "tasks": [
                  {"id": "route", "type": "switch",
                   "with": {"value": "%s", "cases": [{"is": "de", "then": ["german"]}], "default": ["other"]}},
                  {"id": "german", "type": "noop", "dependsOn": ["route"]},
                  {"id": "other", "type": "noop", "dependsOn": ["route"]},
                  {"id": "always", "type": "noop", "dependsOn": ["route"]},
                  {"id": "join", "type": "noop", "dependsOn": ["german", "other"],
                   "triggerRule": "none_failed_min_one_success"}]}"""
                                .formatted(country))
                .task(
                        "route",
                        (cell, n) ->
                                at(
                                        ofSeconds(1),
                                        Outcome.succeeded(
                                                Map.of(
                                                        "case",
                                                        country,
                                                        "tasks",
                                                        List.of(
                                                                country.equals("de")
                                                                        ? "german"
                                                                        : "other")))));
    }

    private static Simulation approved() {
        return simulate(APPROVAL).task("ask", asks(ofHours(48)));
    }

    private static BiFunction<TaskCell, Integer, Attempted> asks(Duration patience) {
        var approval = new Awaited.Approval("Go on?", "", Map.of(), List.of(), true);
        return (cell, n) ->
                at(
                        ofSeconds(1),
                        new Outcome.Awaiting(
                                approval,
                                "waits for somebody",
                                Simulation.START.plus(patience),
                                Outcome.succeeded("default")));
    }

    private static Simulation child() {
        return simulate(CHILD)
                .task("sub", (cell, n) -> at(ofSeconds(1), waitsFor("c1")))
                .answer("sub", ofHours(1), Outcome.succeeded(Map.of("rows", 3L)));
    }

    private static Outcome waitsFor(String run) {
        return new Outcome.Awaiting(
                new Awaited.Run("other", 1, Map.of(), Map.of(), run),
                "waits for run " + run,
                null,
                FAILS);
    }

    private static Simulation simulate(String workflow) {
        return new Simulation(TestPlans.plan(workflow), Map.of());
    }

    /// Kills the process after each of the writes that the run makes when nobody kills it, one at a
    /// time.
    private static void everywhere(Supplier<Simulation> scenario, Consumer<Simulation> holds) {
        var writes = scenario.get().run().writes();
        assertThat(writes).isGreaterThan(2);
        for (int death = 1; death <= writes; death++) {
            holds.accept(scenario.get().dyingAfterWrite(death).run());
        }
    }
}
