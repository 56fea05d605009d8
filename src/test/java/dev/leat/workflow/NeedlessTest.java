package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is in a definition and can have no effect: warnings, and no more.
class NeedlessTest {

    @ParameterizedTest
    @CsvSource({
        "all_success, 'when', false, a never succeeds",
        "one_success, 'when', false, none of those it depends on ever succeeds",
        "none_failed_min_one_success, 'when', false, none of those it depends on ever succeeds",
        "all_failed, 'disabled', true, a never counts as failed",
        "one_failed, 'disabled', true, none of those it depends on ever counts as failed",
        "one_failed, 'allowFailure', true, none of those it depends on ever counts as failed",
        "all_failed, 'when', false, a never counts as failed"
    })
    void a_task_whose_rule_can_never_be_met_is_told(
            String rule, String key, boolean value, String why) {
        var quoted = why.startsWith("a never") ? "'a'" + why.substring(1) : why;
        assertThat(after(rule, "\"%s\": %s".formatted(key, value), ""))
                .contains(
                        "warning unreachable-task: Task 'b' never runs: %s. (change its 'triggerRule', or what it depends on)"
                                .formatted(quoted));
    }

    @ParameterizedTest
    @CsvSource({
        "all_success, 'disabled', true",
        "all_success, 'allowFailure', true",
        "all_done, 'when', false",
        "always, 'when', false",
        "none_failed, 'when', false",
        "one_failed, 'priority', 1",
        "all_failed, 'priority', 1"
    })
    void a_task_that_may_run_isnt(String rule, String key, String value) {
        assertThat(after(rule, "\"%s\": %s".formatted(key, value), ""))
                .noneMatch(line -> line.contains("unreachable"));
    }

    @Test
    void only_the_first_of_a_chain_is_told() {
        var lines =
                after(
                        "all_success",
                        "\"when\": false",
                        ", {\"id\": \"c\", \"type\": \"noop\", \"dependsOn\": \"b\"}");
        assertThat(lines).filteredOn(line -> line.contains("unreachable")).hasSize(1);
    }

    @Test
    void a_condition_that_is_decided_already_is_told() {
        assertThat(when("${ 1 > 2 }")).singleElement().asString().contains("warning never-runs");
        assertThat(when("${ size([1]) == 1 }")).singleElement().asString().contains("always-runs");
        assertThat(when("${ now() > timestamp('2020-01-01T00:00:00Z') }")).isEmpty();
        assertThat(when("${ run.id != '' }")).isEmpty();
    }

    @Test
    void a_name_that_hides_another_is_told_at_its_place() {
        assertThat(lines("[1].map(run, run + 1)"))
                .containsExactly(
                        "1:87 warning shadowed-name: The variable 'run' hides what is called so outside. (give it another name)");
        assertThat(lines("[1].map(x, [2].map(x, x))")).hasSize(1);
        assertThat(lines("[1].map(x, x) + [2].map(x, x)")).isEmpty();
    }

    @Test
    void what_no_expression_uses_is_told_where_there_is_nothing_worse() {
        var text =
                "{'id': 'a', 'inputs': {'properties': {'day': {}, 'dy': {}}}, 'vars': {'base': 1},"
                        + " 'tasks': [{'id': 'a', 'type': '%s', 'with': {'message': '${ inputs.day }'}}]}";
        assertThat(codes(text.formatted("log")))
                .containsExactlyInAnyOrder("unused-input", "unused-var");
        assertThat(codes(text.formatted("lgo"))).containsExactly("unknown-task-type");
        assertThat(codes(text.formatted("log").replace("inputs.day", "inputs")))
                .containsExactly("unused-var");
        assertThat(codes(text.formatted("log").replace("inputs.day", "vars.base")))
                .as("inputs for people to read")
                .isEmpty();
    }

    private static Set<String> codes(String text) {
        return Set.copyOf(
                Loading.json(text).problems().stream().map(problem -> problem.code()).toList());
    }

    private static List<String> after(String rule, String first, String more) {
        var loaded =
                Loading.json(
                        """
                        {"id": "a", "tasks": [{"id": "a", "type": "noop", %s},
                          {"id": "b", "type": "noop", "dependsOn": ["a"], "triggerRule": "%s"}%s]}
                        """
                                .formatted(first, rule, more));
        assertThat(loaded.hasErrors()).isFalse();
        return Loading.lines(loaded).stream()
                .map(line -> line.replaceFirst("^\\d+:\\d+ ", ""))
                .toList();
    }

    private static List<String> when(String condition) {
        return Loading.lines(
                Loading.json(
                        "{\"id\": \"a\", \"tasks\": [{\"id\": \"a\", \"type\": \"noop\", \"when\": \"%s\"}]}"
                                .formatted(condition)));
    }

    private static List<String> lines(String expression) {
        return Loading.lines(
                Loading.json(
                        "{\"id\": \"a\", \"tasks\": [{\"id\": \"a\", \"type\": \"log\", \"with\": {\"message\": \"${ size(%s) } %s\"}}]}"
                                .formatted(expression, "${ run.id }")));
    }
}
