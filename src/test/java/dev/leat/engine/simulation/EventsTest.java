package dev.leat.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Answers and signals that come while the run of a test goes on.
@QuarkusTest
class EventsTest {

    private static final String ASK =
            """
            {'id': 'w', 'tasks': [
              {'id': 'sleep', 'type': 'wait', 'with': {'duration': '1h'}},
              {'id': 'ask', 'type': 'approval', 'dependsOn': ['sleep'], 'retry': {'maxAttempts': 2, 'delay': '1m', 'retryOn': ['rejected']}, 'with': {
                'title': 'How many?', 'approvers': ['anna', 'ben'], 'deadline': '2d', 'default': {'decision': 'approved', 'values': {'count': 1}},
                'form': {'type': 'object', 'properties': {'count': {'type': 'integer', 'minimum': 1}}, 'required': ['count']}}}],
             'outputs': {'count': '${ tasks.ask.output.values.count }', 'by': '${ tasks.ask.output.by }'}}""";

    private static final String PAID =
            """
            {'id': 'w', 'tasks': [
              {'id': 'paid', 'type': 'waitFor', 'with': {'signal': 'payment', 'key': 17, 'deadline': '1d'}},
              {'id': 'ship', 'type': 'noop', 'dependsOn': ['paid'], 'with': {'output': '${ tasks.paid.output.amount }'}}]}""";

    @Inject Trials trials;

    @Test
    void an_approval_counts_from_the_moment_at_which_it_comes() {
        var result =
                trials.one(
                        ASK,
                        """
                        'events': [{'at': '3h', 'approve': {'task': 'ask', 'by': 'anna', 'values': {'count': 3}, 'comment': 'fine'}}],
                        'expect': {'state': 'SUCCESS', 'duration': '3h', 'outputs': {'count': 3, 'by': 'anna'},
                          'tasks': {'ask': {'reason': 'approved by anna: fine', 'output': {'partial': {'approved': true, 'at': '2026-01-01T03:00:00Z'}}}}}""");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void
            what_is_said_after_a_while_is_counted_from_the_question_and_each_question_takes_the_next() {
        var result =
                trials.one(
                        ASK,
                        """
                        'events': [{'after': '10m', 'reject': {'task': 'ask', 'by': 'ben'}}, {'after': '20m', 'approve': {'task': 'ask', 'by': 'anna', 'values': {'count': 2}}}],
                        'expect': {'state': 'SUCCESS', 'duration': '1h31m', 'tasks': {'ask': {'attempts': 2, 'waits': ['1m']}}}""");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void at_the_deadline_the_default_counts_where_nobody_has_answered() {
        var result =
                trials.one(
                        ASK,
                        """
                        'events': [{'at': '3d', 'approve': {'task': 'ask', 'by': 'anna', 'values': {'count': 3}},
                          'refused': 'Task \\u0027ask\\u0027 asks nobody anything at the moment; it is SUCCESS.'}],
                        'expect': {'state': 'SUCCESS', 'duration': '2d1h', 'outputs': {'count': 1, 'by': null}}""");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void an_answer_at_the_very_deadline_counts() {
        var result =
                trials.one(
                        ASK,
                        """
                        'events': [{'after': '2d', 'approve': {'task': 'ask', 'by': 'anna', 'values': {'count': 3}}}],
                        'expect': {'outputs': {'count': 3, 'by': 'anna'}}""");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void
            who_may_not_answer_and_what_does_not_fit_the_form_is_refused_and_the_question_stays_open() {
        var result =
                trials.one(
                        ASK,
                        """
                        'events': [
                          {'after': '1m', 'approve': {'task': 'ask', 'by': 'mallory', 'values': {'count': 3}}, 'refused': {'contains': 'not mallory'}},
                          {'at': '1h2m', 'approve': {'task': 'ask', 'by': 'anna', 'values': {'count': 0}}, 'refused': {'contains': '/count'}},
                          {'at': '1h3m', 'approve': {'task': 'ask', 'by': 'anna', 'values': {'count': 4}}},
                          {'at': '1m', 'approve': {'task': 'ask', 'by': 'anna', 'values': {'count': 4}}, 'refused': {'contains': 'it is PENDING'}}],
                        'expect': {'outputs': {'count': 4, 'by': 'anna'}, 'duration': '1h3m'}""");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void an_event_that_does_not_go_as_the_test_says_fails_it_at_its_place() {
        var result =
                trials.one(
                        ASK,
                        """
                        'events': [
                          {'at': '2h', 'approve': {'task': 'ask', 'by': 'mallory', 'values': {'count': 3}}},
                          {'at': '3h', 'approve': {'task': 'ask', 'by': 'anna', 'values': {'count': 3}}, 'refused': {'contains': 'x'}},
                          {'after': '1m', 'approve': {'task': 'sleep'}},
                          {'after': '1m', 'signal': {'name': 'nothing'}}],
                        'expect': {'state': 'SUCCESS'}""");

        assertThat(Trials.failures(result))
                .containsExactly(
                        "/tests/0/events/0: The answer is refused: anna or ben may answer this, and not mallory.",
                        "/tests/0/events/1/refused: The answer was to be refused, and counts.",
                        "/tests/0/events/2: This never happens: 'sleep' asks nobody anything.",
                        "/tests/0/events/3: This never happens: no task waits for the signal 'nothing'.");
    }

    @Test
    void a_question_that_nobody_answers_is_named_where_the_run_gets_no_further() {
        var result =
                trials.one(
                        "{'id': 'w', 'tasks': [{'id': 'ask', 'type': 'approval', 'with': {'title': 'Go?'}}]}",
                        "'expect': {'state': 'SUCCESS'}");

        assertThat(Trials.failures(result))
                .containsExactly(
                        "/tests/0/expect/state: The run's state is another: nothing would ever happen any more; 'ask' waits for somebody to answer: Go?.");
    }

    @Test
    void a_signal_brings_its_payload_to_the_task_that_waits_for_its_key() {
        var result =
                trials.one(
                        PAID,
                        """
                        'events': [{'at': '1h', 'signal': {'name': 'payment', 'key': '18', 'payload': {'amount': 1}}},
                                   {'at': '2h', 'signal': {'name': 'payment', 'key': 17, 'payload': {'amount': 50}, 'by': 'shop'}}],
                        'expect': {'state': 'SUCCESS', 'duration': '2h', 'tasks': {'ship': {'output': 50}, 'paid': {'reason': {'contains': 'by shop'}}}}""");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void a_signal_that_comes_too_late_changes_nothing() {
        var result =
                trials.one(
                        PAID,
                        """
                        'events': [{'at': '25h', 'signal': {'name': 'payment', 'key': 17, 'payload': {'amount': 50}}}],
                        'expect': {'state': 'FAILED', 'duration': '1d', 'tasks': {'paid': {'state': 'TIMED_OUT'}, 'ship': {'state': 'UPSTREAM_FAILED'}}}""");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void a_signal_that_came_before_is_kept_for_as_long_as_it_says() {
        var workflow =
                PAID.replace(
                                "'tasks': [",
                                "'tasks': [{'id': 'first', 'type': 'wait', 'with': {'duration': '5h'}},")
                        .replace("'type': 'waitFor'", "'type': 'waitFor', 'dependsOn': ['first']");
        var test =
                """
                'events': [{'at': '1h', 'signal': {'name': 'payment', 'key': 17, 'payload': {'amount': 50}, 'keep': '%s'}}],
                'expect': {'state': '%s', 'duration': '%s'}""";

        assertThat(Trials.failures(trials.one(workflow, test.formatted("4h30m", "SUCCESS", "5h"))))
                .isEmpty();
        assertThat(Trials.failures(trials.one(workflow, test.formatted("3h", "FAILED", "1d5h"))))
                .isEmpty();
    }

    @Test
    void a_signal_that_a_task_sends_reaches_another_task_of_the_run() {
        var result =
                trials.one(
                        """
                        {'id': 'w', 'tasks': [
                          {'id': 'paid', 'type': 'waitFor', 'with': {'signal': 'payment'}},
                          {'id': 'think', 'type': 'wait', 'with': {'duration': '10s'}},
                          {'id': 'pay', 'type': 'signal', 'dependsOn': ['think'], 'with': {'signal': 'payment', 'payload': 5}}]}""",
                        "'expect': {'state': 'SUCCESS', 'tasks': {'paid': {'output': 5, 'ended': '10s'}, 'pay': {'output': {'delivered': 1}}}}");

        assertThat(Trials.failures(result)).isEmpty();
    }

    @Test
    void events_with_mistakes_are_told_before_any_test_is_run() {
        var report =
                trials.report(
                        PAID,
                        """
                        {'tests': [{'name': 'a', 'events': [
                          {'at': '1h'},
                          {'at': '1h', 'after': '2h', 'approve': {'task': 'paid'}},
                          {'approve': {'task': 'paid'}, 'reject': {'task': 'paid'}, 'at': '1h'},
                          {'after': '1h', 'cancel': {}},
                          {'at': '1h', 'signal': {'key': 'x'}, 'refused': 'no'}],
                        'expect': {'state': 'SUCCESS'}}]}""");

        assertThat(Trials.problems(report))
                .containsExactly(
                        "2:3 error bad-value: Entry 1 of 'events' needs one of 'cancel', 'approve', 'reject' and 'signal'.",
                        "3:3 error bad-value: Entry 2 of 'events' needs one of 'at' and 'after'.",
                        "4:3 error bad-value: Entry 3 of 'events' needs one of 'cancel', 'approve', 'reject' and 'signal'.",
                        "5:13 error bad-value: 'after' is counted from when a task begins to wait, and none waits for the run to be cancelled. (write 'at', which is counted from the run's start)",
                        "6:26 error missing-key: 'signal' has no 'name'.",
                        "6:51 error bad-value: 'refused' goes with 'approve' and 'reject' only: nothing else is refused.");
    }

    @Test
    void an_event_of_a_task_that_the_workflow_does_not_have_is_an_error() {
        var report =
                trials.report(
                        PAID,
                        "{'tests': [{'name': 'a', 'events': [{'at': '1h', 'approve': {'task': 'pid'}}], 'expect': {'state': 'SUCCESS'}}]}");

        assertThat(Trials.problems(report))
                .containsExactly(
                        "1:70 error unknown-task: The workflow has no task 'pid'. (did you mean 'paid'?)");
    }
}
