package dev.leat.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.engine.report.PlanReport.PlannedTask;
import dev.leat.workflow.TestPlans;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DryRunsTest {

    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    @Test
    void tasks_that_can_run_at_once_share_a_wave() {
        var plan =
                plan(
                        """
                        {"id": "a", "type": "noop"}, {"id": "b", "type": "noop"},
                        {"id": "c", "type": "noop", "dependsOn": ["a", "b"]}""");
        assertThat(plan.phases().getFirst().waves())
                .extracting(wave -> wave.stream().map(PlannedTask::id).toList())
                .containsExactly(List.of("a", "b"), List.of("c"));
    }

    @Test
    void a_false_condition_skips_what_needs_its_success_and_nothing_else() {
        var plan =
                plan(
                        """
                        {"id": "a", "type": "noop", "when": "${ inputs.n > 1 }"},
                        {"id": "b", "type": "noop", "dependsOn": ["a"]},
                        {"id": "c", "type": "noop", "dependsOn": ["b"], "triggerRule": "all_done"}""");
        assertThat(task(plan, "a").why()).contains("inputs.n > 1");
        assertThat(task(plan, "b").state()).isEqualTo("skipped");
        assertThat(task(plan, "b").why()).contains("all_success").contains("after a,");
        assertThat(task(plan, "c").state()).isEqualTo("runs");
    }

    @Test
    void a_disabled_task_skips_none_of_those_after_it() {
        var plan =
                plan(
                        """
                        {"id": "a", "type": "noop", "disabled": true},
                        {"id": "b", "type": "noop", "dependsOn": ["a"]}""");
        assertThat(task(plan, "a").state()).isEqualTo("skipped");
        assertThat(task(plan, "b").state()).isEqualTo("runs");
    }

    @Test
    void a_task_for_failures_depends_on_how_those_before_it_end() {
        var plan =
                plan(
                        """
                        {"id": "a", "type": "shell", "with": {"command": "true"}, "timeout": "1s"},
                        {"id": "b", "type": "noop", "dependsOn": ["a"], "triggerRule": "all_failed"}""");
        assertThat(task(plan, "b").state()).isEqualTo("depends");
    }

    @Test
    void parameters_are_evaluated_where_inputs_suffice_and_left_where_they_dont() {
        var plan =
                plan(
                        """
                        {"id": "a", "type": "log", "with": {"message": "${ inputs.n + 1 }"}},
                        {"id": "b", "type": "log", "dependsOn": ["a"],
                         "with": {"message": "${ tasks.a.status }"}}""");
        assertThat(task(plan, "a").with()).isEqualTo(Map.of("message", 2L));
        assertThat(task(plan, "b").with()).isEqualTo(Map.of("message", "${ tasks.a.status }"));
        assertThat(task(plan, "b").knownAfter()).containsExactly("tasks.a");
    }

    @Test
    void retries_count_with_their_delays_and_the_largest_jitter() {
        var plan =
                plan(
                        """
                        {"id": "a", "type": "shell", "with": {"command": "true"}, "timeout": "10s", "retry":
                         {"maxAttempts": 3, "delay": "2s", "multiplier": 2, "jitter": 0.5}}""");
        // 3 × 10 s, 2 s and 4 s, and half of those.
        assertThat(plan.latest()).isEqualTo("39s");
        assertThat(plan.earliest()).isEqualTo("0s");
    }

    @Test
    void the_longest_way_counts_and_known_waits_count_for_both() {
        var plan =
                plan(
                        """
                        {"id": "a", "type": "wait", "with": {"duration": "5s"}},
                        {"id": "b", "type": "wait", "with": {"duration": "20s"}},
                        {"id": "c", "type": "shell", "with": {"command": "true"}, "timeout": "10s", "dependsOn": ["a", "b"]}""");
        assertThat(plan.earliest()).isEqualTo("20s");
        assertThat(plan.latest()).isEqualTo("30s");
    }

    @Test
    void items_count_so_many_at_once_as_their_concurrency_says() {
        var plan =
                plan(
                        """
                        {"id": "a", "type": "shell", "with": {"command": "true"}, "timeout": "10s",
                         "forEach": {"items": [1, 2, 3, 4, 5], "concurrency": 2}}""");
        assertThat(plan.latest()).isEqualTo("30s");
    }

    @Test
    void a_task_without_a_timeout_leaves_the_run_unbounded_and_is_named() {
        var plan =
                plan(
                        "{\"id\": \"a\", \"type\": \"shell\", \"with\": {\"command\": \"true\"}}, {\"id\": \"b\", \"type\": \"noop\"}");
        assertThat(plan.latest()).isNull();
        assertThat(plan.unbounded()).containsExactly("a");
    }

    @Test
    void where_one_value_is_not_known_only_that_one_stays_as_written() {
        var plan =
                workflow(
                        """
                        {"id": "t", "inputs": {"type": "object", "properties": {"n": {"type": "integer"}}},
                         "vars": {"who": "${ inputs.n }", "link": "${ string(now()) }"},
                         "tasks": [{"id": "a", "type": "noop"},
                           {"id": "b", "type": "noop", "dependsOn": ["a"], "with": {"output": {
                             "n": "${ inputs.n + 1 }", "text": "n is ${ vars.who }", "list": ["${ tasks.a.output }", "${ inputs.n }"],
                             "at": "${ now() }", "link": "${ vars.link }", "either": "${ inputs.n > 0 ? 'yes' : run.id }"}}}]}""");

        assertThat(task(plan, "b").with())
                .isEqualTo(
                        Map.of(
                                "output",
                                Map.of(
                                        "n", 2L,
                                        "text", "n is 1",
                                        "list", List.of("${ tasks.a.output }", 1L),
                                        "at", "${ now() }",
                                        "link", "${ vars.link }",
                                        "either", "yes")));
        assertThat(task(plan, "b").knownAfter()).containsExactly("now", "run", "tasks.a");
        assertThat(plan.notes()).isEmpty();
    }

    @Test
    void a_repeated_task_counts_as_often_as_it_may_with_its_pauses() {
        var plan =
                plan(
                        """
                        {"id": "a", "type": "shell", "timeout": "10s", "with": {"command": "true"},
                         "repeat": {"until": "${ output.result == 1 }", "maxTimes": 4, "delay": "1m"}}""");

        // 4 × 10 s, and 3 pauses of a minute.
        assertThat(plan.latest()).isEqualTo("3m40s");
        assertThat(plan.earliest()).isEqualTo("0s");
    }

    @Test
    void an_approval_is_bounded_by_its_deadline_whatever_else_is_not_known_of_it() {
        var ask =
                """
                {"id": "a", "type": "noop"},
                {"id": "ask", "type": "approval", "dependsOn": ["a"], %s "with": {"title": "${ tasks.a.output }" %s}}""";

        assertThat(plan(ask.formatted("", ", \"deadline\": \"2d\"")).latest()).isEqualTo("2d");
        assertThat(plan(ask.formatted("\"timeout\": \"1h\",", ", \"deadline\": \"2d\"")).latest())
                .isEqualTo("1h");
        assertThat(plan(ask.formatted("", "")).unbounded()).containsExactly("ask");
    }

    @Test
    void the_budget_of_a_retry_bounds_it_with_one_attempt_more() {
        var plan =
                plan(
                        """
                        {"id": "a", "type": "shell", "with": {"command": "true"}, "timeout": "10s", "retry":
                         {"maxAttempts": 100, "delay": "2s", "multiplier": 1, "maxDuration": "1m"}}""");

        assertThat(plan.latest()).isEqualTo("1m10s");
    }

    @Test
    void the_workflows_timeout_bounds_its_tasks_and_handlers_and_clean_up_come_on_top() {
        var text =
                """
                {"id": "t", %s "inputs": {"type": "object", "properties": {"n": {"type": "integer"}}},
                 "tasks": [{"id": "endless", "type": "shell", "with": {"command": "true"}}],
                 "onFailure": [{"id": "tell", "type": "shell", "timeout": "10s", "with": {"command": "true"}}],
                 "finally": [{"id": "tidy", "type": "wait", "with": {"duration": "%s"}}]}""";

        var bounded = workflow(text.formatted("\"timeout\": \"1h\",", "5s"));
        assertThat(bounded.latest()).isEqualTo("1h15s");
        assertThat(bounded.earliest()).isEqualTo("5s");
        assertThat(bounded.unbounded()).isEmpty();

        var unbounded = workflow(text.formatted("", "5s"));
        assertThat(unbounded.latest()).isNull();
        assertThat(unbounded.unbounded()).containsExactly("endless");

        var endlessCleanUp = workflow(text.formatted("\"timeout\": \"1h\",", "${ run.id }"));
        assertThat(endlessCleanUp.latest()).isNull();
        assertThat(endlessCleanUp.unbounded()).containsExactly("tidy");
    }

    private static PlanReport workflow(String text) {
        return DryRuns.report(TestPlans.plan(text), Map.of("n", 1L), NOW);
    }

    private static PlanReport plan(String tasks) {
        var text =
                """
                {"id": "t", "inputs": {"type": "object", "properties": {"n": {"type": "integer"}}},
                 "tasks": [%s]}"""
                        .formatted(tasks);
        return DryRuns.report(TestPlans.plan(text), Map.of("n", 1L), NOW);
    }

    private static PlannedTask task(PlanReport plan, String id) {
        return plan.phases().stream()
                .flatMap(phase -> phase.waves().stream())
                .flatMap(List::stream)
                .filter(task -> task.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
