package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.workflow.RetryPolicy.Match;
import dev.leat.workflow.Workflow.Concurrency;
import dev.leat.workflow.Workflow.OnConflict;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowLoaderTest {

    @Test
    void what_is_left_out_is_filled_in() {
        var workflow = Loading.good("{'id': 'hello', 'tasks': [{'id': 'a', 'type': 'noop'}]}");

        assertThat(workflow.qualifiedId()).isEqualTo("hello");
        assertThat(workflow.name()).isEqualTo("hello");
        assertThat(workflow.inputs()).isEqualTo(Map.of("type", "object"));
        assertThat(workflow.concurrency()).isEqualTo(Concurrency.NONE);
        assertThat(workflow.timeout()).isNull();
        var task = workflow.tasks().getFirst();
        assertThat(task.name()).isEqualTo("a");
        assertThat(task.with().source()).isEqualTo(Map.of());
        assertThat(task.triggerRule()).isEqualTo(TriggerRule.ALL_SUCCESS);
        assertThat(task.retry()).isEqualTo(RetryPolicy.NONE);
        assertThat(task.retrySafe()).isTrue();
        assertThat(task.when()).isNull();
        assertThat(task.timeout()).isNull();
    }

    @Test
    void a_namespace_stands_before_the_id() {
        var workflow = Loading.good("{'id': 'orders', 'namespace': 'sales.eu', 'tasks': []}");

        assertThat(workflow.qualifiedId()).isEqualTo("sales.eu.orders");
    }

    @Test
    void defaults_reach_every_task_that_says_nothing_else() {
        var workflow =
                Loading.good(
                        """
                        {'id': 'hello',
                         'defaults': {'timeout': '10m', 'env': {'A': '1', 'B': '2'}},
                         'tasks': [{'id': 'a', 'type': 'noop'},
                                   {'id': 'b', 'type': 'noop', 'timeout': '5s', 'env': {'B': 3}}],
                         'onFailure': [{'id': 'c', 'type': 'noop'}]}
                        """);

        assertThat(workflow.tasks().get(0).timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(environment(workflow.tasks().get(0))).isEqualTo(Map.of("A", "1", "B", "2"));
        assertThat(workflow.tasks().get(1).timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(environment(workflow.tasks().get(1))).isEqualTo(Map.of("A", "1", "B", "3"));
        assertThat(workflow.onFailure().getFirst().timeout()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void a_retry_overrides_the_defaults_key_by_key() {
        var workflow =
                Loading.good(
                        """
                        {'id': 'hello',
                         'defaults': {'retry': {'maxAttempts': 4, 'delay': '2s', 'abortOn': 'exit.2'}},
                         'tasks': [{'id': 'a', 'type': 'noop'},
                                   {'id': 'b', 'type': 'noop', 'retry': {'delay': '500ms', 'jitter': 0.5}},
                                   {'id': 'c', 'type': 'noop', 'retry': {'maxAttempts': 1, 'abortOn': []}}]}
                        """);

        var exit = List.<Match>of(new Match.Code("exit.2"));
        assertThat(workflow.tasks().stream().map(TaskSpec::retry))
                .containsExactly(
                        new RetryPolicy(
                                4, Duration.ofSeconds(2), 2, null, null, 0, List.of(), exit),
                        new RetryPolicy(
                                4, Duration.ofMillis(500), 2, null, null, 0.5, List.of(), exit),
                        new RetryPolicy(
                                1, Duration.ofSeconds(2), 2, null, null, 0, List.of(), List.of()));
    }

    @Test
    void a_retry_without_a_number_means_three_attempts() {
        var workflow =
                Loading.good(
                        "{'id': 'hello', 'tasks': [{'id': 'a', 'type': 'noop', 'retry': {}}]}");

        assertThat(workflow.tasks().getFirst().retry().maxAttempts()).isEqualTo(3);
    }

    @Test
    void retry_rules_are_codes_or_conditions() {
        var workflow =
                Loading.good(
                        """
                        {'id': 'hello', 'tasks': [{'id': 'a', 'type': 'noop',
                         'retry': {'retryOn': ['http.5xx', '${ error.code == "x" }']}}]}
                        """);

        assertThat(workflow.tasks().getFirst().retry().retryOn())
                .hasExactlyElementsOfTypes(Match.Code.class, Match.When.class);
    }

    @ParameterizedTest
    @CsvSource({"queue,QUEUE", "skip,SKIP", "cancel-running,CANCEL_RUNNING", "allow,ALLOW"})
    void a_conflict_is_settled_as_the_word_says(String word, OnConflict expected) {
        var workflow =
                Loading.good(
                        "{'id': 'hello', 'concurrency': {'limit': 2, 'onConflict': '%s'}, 'tasks': []}"
                                .formatted(word));

        assertThat(workflow.concurrency()).isEqualTo(new Concurrency(2, expected));
    }

    @Test
    void every_trigger_rule_has_its_word() {
        for (var rule : TriggerRule.values()) {
            var word = rule.name().toLowerCase(Locale.ROOT);
            var workflow =
                    Loading.good(
                            "{'id': 'hello', 'tasks': [{'id': 'a', 'type': 'noop', 'triggerRule': '%s'}]}"
                                    .formatted(word));
            assertThat(workflow.tasks().getFirst().triggerRule()).isEqualTo(rule);
        }
    }

    @Test
    void a_trigger_keeps_its_settings_and_inputs() {
        var workflow =
                Loading.good(
                        """
                        {'id': 'hello', 'tasks': [], 'triggers': [
                          {'id': 'night', 'type': 'cron', 'cron': '0 2 * * *', 'timezone': 'Europe/Berlin',
                           'inputs': {'n': 1}},
                          {'id': 'hook', 'type': 'webhook', 'signature': 'none', 'enabled': false}]}
                        """);

        var night = workflow.triggers().getFirst();
        assertThat(night.settings())
                .isEqualTo(Map.of("cron", "0 2 * * *", "timezone", "Europe/Berlin"));
        assertThat(night.inputs().source()).isEqualTo(Map.of("n", 1L));
        assertThat(night.enabled()).isTrue();
        assertThat(workflow.triggers().getLast().enabled()).isFalse();
    }

    @Test
    void both_spellings_give_the_same_workflow() {
        var json =
                Loading.good(
                        """
                        {'id': 'hello', 'labels': {'team': 'bi'}, 'tasks': [
                          {'id': 'a', 'type': 'log', 'with': {'message': 'one\\ntwo\\n'}, 'timeout': '1h30m'},
                          {'id': 'b', 'type': 'noop', 'with': {'output': [1, 2.5, true, null, 'no']},
                           'dependsOn': ['a'], 'timeout': '1h30m'}]}
                        """);
        var yaml =
                Loading.yaml(
                        """
                        id: hello
                        labels: {team: bi}
                        tasks:
                          - id: a
                            type: log
                            with:
                              message: |
                                one
                                two
                            timeout: &long 1h30m
                          - id: b
                            type: noop
                            with: {output: [1, 2.5, true, ~, no]}
                            dependsOn: a
                            timeout: *long
                        """);

        assertThat(Loading.lines(yaml)).isEmpty();
        assertThat(described(Objects.requireNonNull(yaml.workflow()))).isEqualTo(described(json));
    }

    @Test
    void an_unknown_type_leaves_the_workflow_readable() {
        var loaded = Loading.json("{'id': 'hello', 'tasks': [{'id': 'a', 'type': 'gone'}]}");

        assertThat(loaded.hasErrors()).isTrue();
        assertThat(Objects.requireNonNull(loaded.workflow()).tasks()).hasSize(1);
    }

    @Test
    void a_wrong_key_leaves_nothing_to_run() {
        var loaded = Loading.json("{'id': 'hello', 'tasks': [], 'colour': 'red'}");

        assertThat(loaded.hasErrors()).isTrue();
        assertThat(loaded.workflow()).isNull();
    }

    @Test
    void warnings_don_t_stop_a_workflow() {
        var loaded =
                Loading.json(
                        "{'id': 'hello', 'tasks': [{'id': 'a', 'type': 'noop', 'when': false}]}");

        assertThat(Loading.lines(loaded)).singleElement().asString().contains("warning never-runs");
        assertThat(loaded.hasErrors()).isFalse();
    }

    @Test
    void what_is_literal_stays_text_even_where_a_changed_type_made_it_so() {
        var loaded =
                Loading.json(
                        "{'id': 'hello', 'tasks': [{'id': 'a', 'type': 'shell', 'with': {'command': 'echo ${ 1 + 1 }'}}]}");

        var with = Objects.requireNonNull(loaded.workflow()).tasks().getFirst().with();
        assertThat(with.evaluate(_ -> Map.of())).isEqualTo(Map.of("command", "echo ${ 1 + 1 }"));
    }

    @Test
    void a_handler_may_use_every_task_and_the_error() {
        var workflow =
                Loading.good(
                        """
                        {'id': 'hello', 'tasks': [{'id': 'a', 'type': 'noop'}],
                         'finally': [{'id': 'b', 'type': 'log',
                                      'with': {'message': '${ tasks.a.status } ${ error.message }'}}]}
                        """);

        assertThat(workflow.last()).hasSize(1);
    }

    @Test
    void an_expression_may_use_what_lies_far_upstream() {
        var workflow =
                Loading.good(
                        """
                        {'id': 'hello', 'tasks': [
                          {'id': 'c', 'type': 'log', 'dependsOn': ['b'], 'with': {'message': '${ tasks.a.output }'}},
                          {'id': 'b', 'type': 'noop', 'dependsOn': ['a']},
                          {'id': 'a', 'type': 'noop'}]}
                        """);

        assertThat(workflow.tasks()).hasSize(3);
    }

    @Test
    void problems_stop_at_a_limit_and_say_so() {
        var loader = Loading.loader(Map.of("leat.workflow.max-problems", "2"));
        var loaded =
                loader.load(
                        new WorkflowLoader.Source(
                                "{\"a\": 1, \"b\": 2, \"c\": 3}",
                                WorkflowLoader.Format.JSON,
                                "test"));

        assertThat(Loading.lines(loaded))
                .hasSize(3)
                .last()
                .asString()
                .contains("too-many-problems");
    }

    @Test
    void too_many_tasks_are_refused() {
        var loader = Loading.loader(Map.of("leat.workflow.max-tasks", "1"));
        var loaded =
                loader.load(
                        new WorkflowLoader.Source(
                                "{\"id\": \"a\", \"tasks\": [{\"id\": \"a\", \"type\": \"noop\"}], \"finally\": [{\"id\": \"b\", \"type\": \"noop\"}]}",
                                WorkflowLoader.Format.JSON,
                                "test"));

        assertThat(Loading.lines(loaded)).singleElement().asString().contains("too-many-tasks");
    }

    private static Map<String, Object> environment(TaskSpec task) {
        var values = new HashMap<String, Object>();
        task.env().forEach((name, template) -> values.put(name, String.valueOf(template.source())));
        return values;
    }

    private static String described(Workflow workflow) {
        return workflow.labels()
                + workflow.tasks().stream()
                        .map(
                                task ->
                                        task.id()
                                                + task.type()
                                                + task.with().source()
                                                + task.dependsOn()
                                                + task.timeout())
                        .toList()
                        .toString();
    }
}
