package dev.leat.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Runs that tasks of a tested run start.
@QuarkusTest
class ChildRunsTest {

    private static final String PARENT =
            """
            {'id': 'w', 'namespace': 'sales', 'tasks': [
              {'id': 'load', 'type': 'subflow', 'timeout': '1h', 'forEach': {'items': ['a', 'b'], 'failFast': false},
               'with': {'workflow': 'load-one', 'inputs': {'shop': '${ item }'}}},
              {'id': 'total', 'type': 'transform', 'dependsOn': ['load'], 'with': {'value': '${ sum(tasks.load.output.map(one, one.rows)) }'}}],
             'outputs': {'rows': '${ tasks.total.output }'}}""";

    private static final String CHILD =
            """
            {'id': 'load-one', 'namespace': 'sales', 'inputs': {'type': 'object', 'properties': {'shop': {'type': 'string'}}, 'required': ['shop']},
             'tasks': [
               {'id': 'fetch', 'type': 'http', 'with': {'url': 'http://example.com/${ inputs.shop }'}},
               {'id': 'rest', 'type': 'wait', 'dependsOn': ['fetch'], 'with': {'duration': '1m'}}],
             'outputs': {'rows': '${ tasks.fetch.output.body.n }', 'from': '${ trigger.task }'},
             'finally': [{'id': 'tidy', 'type': 'noop'}]}""";

    private static final String OTHER = "{'id': 'other', 'tasks': [{'id': 'a', 'type': 'noop'}]}";

    @Inject Trials trials;

    private TestResult one(String test) {
        return trials.one(PARENT, List.of(OTHER, CHILD), test);
    }

    @Test
    void a_child_runs_by_its_own_definition_and_gives_its_outputs_back() {
        var result =
                one(
                        """
                        'mocks': {'load/fetch': {'output': {'body': {'n': 3}}}, 'load.1/fetch': {'output': {'body': {'n': 4}}, 'takes': '10s'}},
                        'expect': {'state': 'SUCCESS', 'outputs': {'rows': 7}, 'duration': '1m10s', 'order': ['load.0/fetch', 'load.0/rest', 'total'],
                          'tasks': {'load.0': {'output': {'rows': 3, 'from': 'load.0'}}, 'load.1/fetch': {'with': {'url': 'http://example.com/b'}},
                                    'load.1/tidy': {'state': 'SUCCESS', 'ended': '1m10s'}}}""");

        assertThat(Trials.failures(result)).isEmpty();
        assertThat(result.timeline()).anyMatch(line -> line.contains("load.0/(run)  SUCCESS"));
    }

    @Test
    void a_mock_of_the_task_goes_before_its_child() {
        var result =
                one(
                        "'mocks': {'load': {'output': {'rows': 5}}}, 'expect': {'state': 'SUCCESS', 'outputs': {'rows': 10}, 'duration': '0s'}");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void a_child_that_fails_fails_its_task_with_what_is_known_of_it() {
        var result =
                one(
                        """
                        'mocks': {'load.0/fetch': {'output': {'body': {'n': 3}}}, 'load.1/fetch': {'fails': {'code': 'http.500', 'message': 'broken'}}},
                        'expect': {'state': 'FAILED', 'error': {'code': 'items-failed'},
                          'tasks': {'load.1': {'state': 'FAILED', 'error': {'code': 'subflow.failed', 'message': {'contains': 'broken'}}},
                                    'load.1/rest': {'state': 'UPSTREAM_FAILED'}, 'load.1/tidy': {'state': 'SUCCESS'}, 'load.0': {'state': 'SUCCESS'}}}""");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void cancelling_and_the_tasks_timeout_end_the_child_with_its_clean_up_first() {
        var slow = "'mocks': {'load/fetch': {'never': true}}, ";

        assertThat(
                        Trials.failures(
                                one(
                                        slow
                                                + """
                                                'events': [{'at': '5s', 'cancel': {'by': 'ada'}}],
                                                'expect': {'state': 'CANCELLED', 'duration': '5s', 'tasks': {'load.0/fetch': {'state': 'CANCELLED'}, 'load.0/tidy': {'state': 'SUCCESS'}, 'load.0': {'state': 'CANCELLED'}}}""")))
                .isEmpty();
        assertThat(
                        Trials.failures(
                                one(
                                        slow
                                                + """
                                                'expect': {'state': 'FAILED', 'duration': '1h', 'tasks': {'load.1/tidy': {'state': 'SUCCESS'}, 'load.1': {'state': 'TIMED_OUT'}}}""")))
                .isEmpty();
    }

    @Test
    void each_try_of_a_task_starts_another_child() {
        var parent =
                "{'id': 'w', 'tasks': [{'id': 'load', 'type': 'subflow', 'retry': {'maxAttempts': 2, 'delay': '5s'}, 'with': {'workflow': 'sales.load-one', 'inputs': {'shop': 'a'}}}]}";
        var result =
                trials.one(
                        parent,
                        List.of(CHILD),
                        """
                        'mocks': {'load/fetch': [{'fails': {'code': 'x'}}, {'output': {'body': {'n': 3}}}]},
                        'expect': {'state': 'SUCCESS', 'duration': '1m5s', 'tasks': {'load': {'attempts': 2}, 'load/fetch': {'state': 'SUCCESS', 'attempts': 1}, 'load/rest': {'state': 'SUCCESS'}}}""");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void inputs_that_the_child_does_not_take_fail_the_task_before_anything_starts() {
        var parent =
                "{'id': 'w', 'tasks': [{'id': 'load', 'type': 'subflow', 'with': {'workflow': 'sales.load-one', 'inputs': {'shop': '${ 3 }'}}}]}";
        var result =
                trials.one(
                        parent,
                        List.of(CHILD),
                        "'expect': {'state': 'FAILED', 'error': {'code': 'subflow.inputs', 'task': 'load'}, 'tasks': {'load/fetch': {'state': 'PENDING'}}}");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void questions_of_a_child_are_answered_under_its_name() {
        var parent =
                "{'id': 'w', 'tasks': [{'id': 'go', 'type': 'subflow', 'with': {'workflow': 'asking'}}]}";
        var child =
                "{'id': 'asking', 'tasks': [{'id': 'ask', 'type': 'approval', 'with': {'title': 'Go?'}}], 'outputs': {'by': '${ tasks.ask.output.by }'}}";
        var result =
                trials.one(
                        parent,
                        List.of(child),
                        """
                        'events': [{'after': '2h', 'approve': {'task': 'go/ask', 'by': 'anna'}}],
                        'expect': {'state': 'SUCCESS', 'duration': '2h', 'tasks': {'go': {'output': {'by': 'anna'}}}}""");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void runs_share_slots_and_pools() {
        var parent =
                """
                {'id': 'w', 'tasks': [
                  {'id': 'one', 'type': 'subflow', 'with': {'workflow': 'c'}}, {'id': 'two', 'type': 'subflow', 'with': {'workflow': 'c'}}]}""";
        var child =
                "{'id': 'c', 'tasks': [{'id': 'a', 'type': 'shell', %s 'with': {'command': 'true'}}]}";
        var test =
                "'slots': %d, 'mocks': {'one/a': {'output': 1, 'takes': '1m'}, 'two/a': {'output': 1, 'takes': '1m'}}, 'expect': {'duration': '%s'}";

        assertThat(
                        Trials.failures(
                                trials.one(
                                        parent,
                                        List.of(child.formatted("")),
                                        test.formatted(2, "1m"))))
                .isEmpty();
        assertThat(
                        Trials.failures(
                                trials.one(
                                        parent,
                                        List.of(child.formatted("")),
                                        test.formatted(1, "2m"))))
                .isEmpty();
        assertThat(
                        Trials.failures(
                                trials.one(
                                        parent,
                                        List.of(child.formatted("'pool': 'p',")),
                                        test.formatted(2, "2m"))))
                .isEmpty();
    }

    @Test
    void a_workflow_that_starts_itself_is_stopped() {
        var result =
                trials.one(
                        "{'id': 'w', 'tasks': [{'id': 'again', 'type': 'subflow', 'with': {'workflow': 'w'}}]}",
                        List.of(
                                "{'id': 'w', 'tasks': [{'id': 'again', 'type': 'subflow', 'with': {'workflow': 'w'}}]}"),
                        "'expect': {'state': 'FAILED', 'error': {'message': {'contains': '32 runs above'}}}");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void a_child_that_is_not_at_hand_has_to_be_mocked() {
        var result = trials.one(PARENT, List.of(OTHER), "'expect': {'state': 'SUCCESS'}");

        assertThat(Trials.failures(result))
                .containsExactly(
                        "/tests/0/mocks: 'load.0' starts a run of 'sales.load-one', which isn't at hand: 'mocks' must say what comes of it.");
    }

    @Test
    void a_task_that_the_child_does_not_have_fails_the_test_at_its_place() {
        var result =
                one(
                        "'mocks': {'load/fetch': {'output': 1}, 'load/fetsch': {'output': 1}}, 'expect': {'state': 'SUCCESS'}");

        assertThat(Trials.failures(result))
                .containsExactly(
                        "/tests/0/mocks/load~1fetsch: 'load.0' starts a run of 'sales.load-one', which has no task 'fetsch'.");
    }
}
