package dev.leat.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WorkflowTestsTest {

    private static final String FETCH =
            """
            {'id': 'w', 'tasks': [
              {'id': 'fetch', 'type': 'http', 'timeout': '20s', 'with': {'url': 'http://example.com/${ inputs.day }'},
               'retry': {'maxAttempts': 4, 'delay': '2s', 'retryOn': ['http.503', 'timeout']}},
              {'id': 'load', 'type': 'transform', 'dependsOn': ['fetch'], 'with': {'value': '${ tasks.fetch.output.body.n + 1 }'}}],
             'outputs': {'n': '${ tasks.load.output }'},
             'inputs': {'type': 'object', 'properties': {'day': {'type': 'string', 'default': 'today'}}},
             'finally': [{'id': 'tidy', 'type': 'noop'}]}""";

    private static final String GOOD = "'mocks': {'fetch': {'output': {'body': {'n': 1}}}}";

    @Inject Trials trials;

    @Test
    void a_task_that_fails_twice_and_then_succeeds_shows_its_attempts_and_waits() {
        var result =
                trials.one(
                        FETCH,
                        """
                        'mocks': {'fetch': [{'fails': {'code': 'http.503'}, 'takes': '1s'}, {'fails': {'code': 'http.503'}}, {'output': {'body': {'n': 1}}}]},
                        'expect': {'state': 'SUCCESS', 'outputs': {'n': 2}, 'duration': '7s', 'order': ['fetch', 'load', 'tidy'],
                          'tasks': {'fetch': {'state': 'SUCCESS', 'attempts': 3, 'waits': ['2s', '4s'], 'ended': '7s', 'with': {'url': 'http://example.com/today'}},
                                    'load': {'output': 2, 'began': '7s'}}}""");

        assertThat(Trials.failures(result)).isEmpty();
        assertThat(result.passed()).isTrue();
        assertThat(result.duration()).isEqualTo("7s");
    }

    @Test
    void a_wait_of_a_month_ends_by_the_clock_of_the_test() {
        var result =
                trials.one(
                        """
                        {'id': 'w', 'tasks': [
                          {'id': 'sleep', 'type': 'wait', 'with': {'duration': '30d'}},
                          {'id': 'say', 'type': 'transform', 'dependsOn': ['sleep'], 'with': {'value': '${ string(now()) }'}}]}""",
                        """
                        'now': '2026-03-01T08:00:00Z',
                        'expect': {'duration': '30d', 'tasks': {'say': {'output': {'contains': '2026-03-31T08:00:00'}}}}""");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void a_day_of_backoff_is_gone_through_attempt_by_attempt() {
        var result =
                trials.one(
                        """
                        {'id': 'w', 'tasks': [{'id': 'a', 'type': 'shell', 'with': {'command': 'true'},
                          'retry': {'maxAttempts': 2000, 'delay': '1m', 'multiplier': 1, 'maxDuration': '1d'}}]}""",
                        """
                        'mocks': {'a': {'fails': {'code': 'exit.75'}}},
                        'expect': {'state': 'FAILED', 'duration': '1d',
                          'tasks': {'a': {'attempts': 1441, 'reason': {'contains': 'past \\'maxDuration\\''}}}}"""
                                .replace("\\'", "\\u0027"));

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void an_attempt_that_hangs_meets_its_timeout() {
        var result =
                trials.one(
                        FETCH,
                        """
                        'mocks': {'fetch': [{'never': true}, {'output': {'body': {'n': 1}}, 'takes': '21s'}, {'never': true}]},
                        'expect': {'state': 'FAILED', 'error': {'code': 'timeout', 'task': 'fetch'},
                          'tasks': {'fetch': {'state': 'TIMED_OUT', 'attempts': 4}, 'load': {'state': 'UPSTREAM_FAILED'}}}""");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void a_run_that_hangs_for_good_is_told_and_not_waited_for() {
        var result =
                trials.one(
                        "{'id': 'w', 'tasks': [{'id': 'a', 'type': 'shell', 'with': {'command': 'true'}}]}",
                        "'mocks': {'a': {'never': true}}, 'expect': {'tasks': {'a': {'state': 'RUNNING'}}}");

        assertThat(Trials.failures(result))
                .containsExactly(
                        "/tests/0/expect: The run doesn't end: nothing would ever happen any more.");
    }

    @Test
    void a_task_with_effects_needs_a_mock() {
        var result = trials.one(FETCH, "'expect': {'state': 'SUCCESS'}");

        assertThat(Trials.failures(result))
                .containsExactly(
                        "/tests/0/mocks: 'fetch' comes to its turn, and 'http' isn't performed in a test: 'mocks' must say what comes of it.");
        assertThat(result.failures().getFirst().hint())
                .startsWith("such as \"mocks\": {\"fetch\":{\"output\":{\"status\":0,");
    }

    @Test
    void a_mocked_task_still_has_its_parameters_evaluated_and_checked() {
        var result =
                trials.one(
                        """
                        {'id': 'w', 'tasks': [
                          {'id': 'n', 'type': 'noop', 'with': {'output': 3}},
                          {'id': 'a', 'type': 'http', 'dependsOn': ['n'], 'with': {'url': '${ tasks.n.output }'}}]}""",
                        "'mocks': {'a': {'output': null}}, 'expect': {'state': 'SUCCESS'}");

        assertThat(Trials.failures(result).getFirst())
                .startsWith("/tests/0/expect/state: The run's state is another: with/url: 'url'");
    }

    @Test
    void what_is_not_as_expected_is_told_with_both_values_its_place_and_what_happened() {
        var result =
                trials.one(
                        FETCH,
                        GOOD
                                + ",\n'expect': {'state': 'FAILED', 'outputs': {'n': 3, 'm': 1}, 'duration': {'atLeast': '1s'},"
                                + " 'order': ['load', 'fetch'], 'tasks': {'fetch': {'attempts': 2, 'waits': ['1s']}}}");

        assertThat(Trials.failures(result))
                .containsExactly(
                        "/tests/0/expect/state: The run's state is another.",
                        "/tests/0/expect/outputs/n: outputs.n is another.",
                        "/tests/0/expect/outputs/m: outputs.m isn't there.",
                        "/tests/0/expect/duration/atLeast: The run's duration is shorter.",
                        "/tests/0/expect/order/1: 'fetch' starts before 'load'.",
                        "/tests/0/expect/tasks/fetch/attempts: tasks.fetch.attempts is another.",
                        "/tests/0/expect/tasks/fetch/waits: tasks.fetch.waits: there are 0, not 1.");
        var second = result.failures().get(1);
        assertThat(second.line()).isEqualTo(2);
        assertThat(second.expected()).isEqualTo("3");
        assertThat(second.actual()).isEqualTo("2");
        assertThat(result.timeline()).contains("0s  load   SUCCESS", "0s  (run)  SUCCESS");
    }

    @Test
    void values_are_held_against_rules_where_an_object_has_nothing_else() {
        var workflow =
                """
                {'id': 'w', 'tasks': [{'id': 'a', 'type': 'noop', 'with': {'output': {
                  'n': 3, 'list': [1, 2], 'text': 'three apples', 'more': {'x': 1, 'y': {'atLeast': 1}}}}}]}""";
        var expected =
                """
                'expect': {'tasks': {'a': {'output': {'partial': {
                  'n': {'atLeast': %s}, 'list': {'contains': 2}, 'text': {'matches': '%s'},
                  'more': {'y': {'equals': {'atLeast': 1}}}}}}}}""";

        assertThat(trials.one(workflow, expected.formatted("3", "^three")).passed()).isTrue();
        assertThat(Trials.failures(trials.one(workflow, expected.formatted("4", "^four"))))
                .containsExactly(
                        "/tests/0/expect/tasks/a/output/partial/n/atLeast: tasks.a.output.n is less.",
                        "/tests/0/expect/tasks/a/output/partial/text/matches: tasks.a.output.text doesn't match.");
    }

    @Test
    void somebody_cancels_in_the_middle() {
        var result =
                trials.one(
                        FETCH,
                        """
                        'mocks': {'fetch': {'never': true}}, 'events': [{'at': '5s', 'cancel': {'by': 'ada'}}],
                        'expect': {'state': 'CANCELLED', 'duration': '5s',
                          'tasks': {'fetch': {'state': 'CANCELLED', 'reason': 'the run was cancelled by ada'}, 'tidy': {'state': 'SUCCESS'}}}""");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void pools_and_slots_make_tasks_wait_for_each_other() {
        var workflow =
                """
                {'id': 'w', 'tasks': [
                  {'id': 'a', 'type': 'shell', 'pool': 'p', 'with': {'command': 'true'}},
                  {'id': 'b', 'type': 'shell', 'pool': 'p', 'with': {'command': 'true'}},
                  {'id': 'c', 'type': 'shell', 'pool': 'p', 'priority': 5, 'with': {'command': 'true'}}]}""";
        var mocks =
                "'mocks': {'a': {'output': 1, 'takes': '1m'}, 'b': {'output': 1, 'takes': '1m'}, 'c': {'output': 1, 'takes': '1m'}}, ";

        assertThat(
                        Trials.failures(
                                trials.one(
                                        workflow,
                                        mocks
                                                + "'expect': {'duration': '3m', 'order': ['c', 'a', 'b'], 'tasks': {'b': {'began': '2m'}}}")))
                .isEmpty();
        assertThat(
                        Trials.failures(
                                trials.one(
                                        workflow,
                                        mocks
                                                + "'pools': {'p': 3}, 'slots': 2, 'expect': {'duration': '2m'}")))
                .isEmpty();
    }

    @Test
    void inputs_that_do_not_fit_are_refused_and_that_can_be_expected() {
        assertThat(
                        trials.one(
                                        FETCH,
                                        "'inputs': {'day': 3}, 'expect': {'state': 'REFUSED', 'error': {'message': {'contains': 'day'}}}")
                                .passed())
                .isTrue();
        assertThat(
                        Trials.failures(
                                trials.one(
                                        FETCH,
                                        "'inputs': {'day': 3}, 'expect': {'state': 'SUCCESS'}")))
                .singleElement()
                .asString()
                .startsWith(
                        "/tests/0/expect/state: There was no run. The inputs don't fit workflow 'w'");
    }

    @Test
    void a_document_with_mistakes_runs_no_test_and_tells_them_all() {
        var report =
                trials.report(
                        FETCH,
                        """
                        {'tests': [
                          {'name': 'a', 'mock': {}, 'expect': {}},
                          {'name': 'b', 'mocks': {'fetch': {'takes': '2s'}}, 'expect': {'state': 'SUCESS'}},
                          {'name': 'c', 'expect': {'outputs': {'x': {'matches': '('}}}}]}""");

        assertThat(report.tests()).isEmpty();
        assertThat(Trials.problems(report))
                .containsExactly(
                        "2:17 error unknown-key: A test has no key 'mock'. (did you mean 'mocks'?)",
                        "2:39 error bad-value: 'expect' must not be empty: a test that can't fail tells nothing. (such as {\"state\": \"SUCCESS\"})",
                        "3:36 error bad-value: 'fetch' needs one of 'output', 'fails' and 'never'.",
                        "3:74 error bad-value: 'state' is 'SUCESS'; it must be 'SUCCESS', 'FAILED', 'CANCELLED', 'TIMED_OUT', 'RUNNING' or 'REFUSED'. (did you mean 'SUCCESS'?)",
                        "4:57 error bad-value: '(' is no regular expression: missing closing ).");
    }

    @Test
    void a_task_that_the_workflow_does_not_have_is_found_before_any_test_is_run() {
        var report =
                trials.report(
                        FETCH,
                        "{'tests': [{'name': 'a', 'mocks': {'fetsch': {'output': 1}}, 'expect': {'order': ['laod'], 'tasks': {'nothing': {}}}}]}");

        assertThat(Trials.problems(report))
                .containsExactly(
                        "1:36 error unknown-task: The workflow has no task 'fetsch'. (did you mean 'fetch'?)",
                        "1:83 error unknown-task: The workflow has no task 'laod'. (did you mean 'load'?)",
                        "1:102 error unknown-task: The workflow has no task 'nothing'.");
    }

    @Test
    void the_same_seed_varies_delays_in_the_same_way() {
        var workflow =
                """
                {'id': 'w', 'tasks': [{'id': 'a', 'type': 'shell', 'with': {'command': 'true'},
                  'retry': {'maxAttempts': 2, 'delay': '10s', 'jitter': 1}}]}""";
        var test =
                "'seed': %d, 'mocks': {'a': {'fails': {'code': 'x'}}}, 'expect': {'state': 'FAILED'}";

        var once = trials.one(workflow, test.formatted(1)).duration();

        assertThat(trials.one(workflow, test.formatted(1)).duration()).isEqualTo(once);
        assertThat(trials.one(workflow, test.formatted(2)).duration()).isNotEqualTo(once);
    }

    @Test
    void each_item_of_a_for_each_has_attempts_and_parameters_of_its_own() {
        var result =
                trials.one(
                        """
                        {'id': 'w', 'tasks': [
                          {'id': 'load', 'type': 'shell', 'with': {'args': ['load'], 'stdin': '${ item }'},
                           'forEach': {'items': ['a', 'b'], 'concurrency': 1}, 'retry': {'maxAttempts': 2, 'delay': '3s'}}]}""",
                        """
                        'mocks': {'load': [{'fails': {'code': 'exit.75'}}, {'output': 'ok'}]},
                        'expect': {'state': 'SUCCESS',
                          'tasks': {'load': {'output': ['ok', 'ok']}, 'load.1': {'attempts': 2, 'waits': ['3s'], 'with': {'args': ['load'], 'stdin': 'b'}}}}""");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void one_item_of_a_for_each_can_have_a_mock_of_its_own() {
        var workflow =
                """
                {'id': 'w', 'tasks': [
                  {'id': 'load', 'type': 'shell', 'with': {'command': 'true'},
                   'forEach': {'items': ['a', 'b', 'c'], 'failFast': false}, 'retry': {'maxAttempts': 2, 'delay': '3s'}}]}""";
        var test =
                """
                'mocks': {'load': {'output': 'ok'}, 'load.1': [{'fails': {'code': 'exit.75'}}, {'output': 'late'}]},
                'expect': {'state': 'SUCCESS', 'duration': '%s',
                  'tasks': {'load': {'output': ['ok', 'late', 'ok']}, 'load.0': {'attempts': 1}, 'load.1': {'attempts': 2}}}""";

        assertThat(Trials.failures(trials.one(workflow, test.formatted("3s")))).isEmpty();
        assertThat(trials.one(workflow, test.formatted("0s")).passed()).isFalse();
    }

    @Test
    void a_mock_for_an_item_of_a_task_without_items_is_an_error() {
        var report =
                trials.report(
                        FETCH,
                        "{'tests': [{'name': 'a', 'mocks': {'fetch.0': {'output': 1}}, 'expect': {'state': 'SUCCESS'}}]}");

        assertThat(Trials.problems(report))
                .containsExactly(
                        "1:36 error unknown-task: 'fetch' has no items: it has no 'forEach'.");
    }
}
