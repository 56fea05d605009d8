package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said of triggers at load.
class TriggersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'type': 'cron', 'cron': '0 0 30 2 *';error cron-never-fires: This never fires: no such month has a day 30. (write L for the last day of a month)",
                "'type': 'cron', 'cron': '0 0 29 2 *', 'startAt': '2125-01-01T00:00:00Z', 'endAt': '2127-01-01T00:00:00Z';error cron-never-fires: This never fires: no such moment lies between 'startAt' and 'endAt'.",
                "'type': 'cron', 'cron': '0 0 * 2 *', 'businessDay': 22;error cron-never-fires: This never fires: no such moment comes.",
                "'type': 'cron', 'cron': '0 2 * * *', 'startAt': '2125-01-01T00:00:00Z', 'endAt': '2125-01-01T00:00:00Z';error bad-combination: 'endAt' isn't after 'startAt', so that the trigger never fires.",
                "'type': 'cron', 'cron': '0 2 * * *', 'endAt': '2020-01-01T00:00:00Z';warning never-fires: This never fires again: 'endAt' is in the past. (move it, or remove the trigger)",
                "'type': 'once', 'at': '2020-01-01T00:00:00Z';warning never-fires: This never fires: its moment is in the past. (mend it, or remove the trigger)",
                "'type': 'interval', 'every': '2d', 'startAt': '2125-01-01T01:00:00Z', 'endAt': '2125-01-01T02:00:00Z';warning never-fires: This never fires: no such moment lies between 'startAt' and 'endAt'. (mend it, or remove the trigger)",
                "'type': 'interval', 'every': '5m', 'jitter': '5m';warning long-jitter: The jitter is as long as the time between two fires (5m), so that one may come after the next. (make it shorter)",
                "'type': 'cron', 'cron': '0,10 2 * * *', 'jitter': '15m';warning long-jitter: The jitter is as long as the time between two fires (10m), so that one may come after the next. (make it shorter)",
                "'type': 'cron', 'cron': '0 2 * * *', 'catchUpMost': 5;warning needless-key: 'catchUpMost' has no effect here: only with \"catchUp\": \"all\" there is more than one. (remove it)",
                "'type': 'cron', 'cron': '0 2 * * *', 'catchUp': 'none', 'catchUpWindow': '1h';warning needless-key: 'catchUpWindow' has no effect here: nothing is made up for. (remove it)",
                "'type': 'cron', 'cron': '0 2 * * *', 'onHoliday': 'next';warning needless-key: 'onHoliday' has no effect here: there is no 'calendar'. (remove it)",
                "'type': 'cron', 'cron': '*/5 * * * *', 'onOverlap': 'last';warning needless-key: 'onOverlap' has no effect here: what fires every hour goes by elapsed time. (remove it)",
                "'type': 'interval', 'every': '5m', 'onGap': 'skip';warning needless-key: 'onGap' has no effect here: an interval counts elapsed time. (remove it)",
                "'type': 'cron', 'cron': '0 2 * * *', 'businessDay': 0;error bad-value: No business day has the number 0. (1 is the first of the month, -1 the last)",
                "'type': 'cron', 'cron': '0 2 1-7 * *', 'businessDay': 1;error bad-combination: With 'businessDay' the expression names no days. (write * for its day and weekday)",
                "'type': 'webhook', 'signature': 'github';error bad-combination: A signature needs a 'secret' that it is checked with. (add the name of one)",
                "'type': 'webhook', 'signature': 'none', 'secret': 'key';error bad-combination: The webhook has a secret, and 'signature' says that none is asked for. (remove one of them)",
                "'type': 'webhook';error missing-key: The webhook has no 'secret', so that anybody who reaches it could start runs. (add the name of a secret, or say \"signature\": \"none\" if that is meant)",
                "'type': 'webhook', 'signature': 'none', 'tolerance': '5m';warning needless-key: 'tolerance' has no effect here: nothing is signed. (remove it)",
                "'type': 'workflow', 'workflow': 'sales.a';error self-trigger: The workflow would start itself again and again: the trigger waits for its own runs. (a task with 'repeat', or an interval, does something again)",
                "'type': 'file', 'directory': 'in', 'glob': '*.{csv';error bad-value: The glob '*.{csv' can't be read. (such as *.csv or **/orders-*.json)"
            })
    void what_is_wrong_with_a_trigger_is_told(String trigger, String expected) {
        assertThat(problems(trigger)).containsExactly(expected);
    }

    @Test
    void a_cron_fault_is_told_with_its_field() {
        assertThat(problems("'type': 'cron', 'cron': '0 25 * * *'"))
                .containsExactly(
                        "error bad-cron: The hour field holds '25'; it goes from 0 to 23.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'type': 'cron', 'cron': '0 2 * * *', 'startAt': '2125-01-01T00:00:00Z', 'endAt': '2125-01-02T00:00:00Z'",
                "'type': 'cron', 'cron': '0 18 * 3,6 *', 'businessDay': -1, 'calendar': 'de', 'jitter': '30m'",
                "'type': 'cron', 'cron': '0 8 15 * *', 'calendar': 'de', 'onHoliday': 'next', 'startAt': '2125-01-16T00:00:00Z', 'endAt': '2125-01-18T00:00:00Z'",
                "'type': 'cron', 'cron': '30 2 * * *', 'onGap': 'skip', 'onOverlap': 'both', 'catchUp': 'all', 'catchUpMost': 5",
                "'type': 'interval', 'every': '5m', 'jitter': '1m', 'calendar': 'de'",
                "'type': 'once', 'at': '2125-01-01T00:00:00Z'",
                "'type': 'webhook', 'signature': 'none'",
                "'type': 'webhook', 'secret': ['old', 'new'], 'signature': 'slack', 'tolerance': '1m', 'dedupeKey': '${ trigger.body.id }'",
                "'type': 'workflow', 'workflow': 'a'",
                "'type': 'file', 'directory': 'in', 'glob': '**/*.{csv,json}'"
            })
    void a_good_trigger_is_told_nothing_of(String trigger) {
        assertThat(problems(trigger)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'type': 'cron', 'cron': '0 2 * * *';trigger.scheduledAt.date('UTC')",
                "'type': 'interval', 'every': '1d';trigger.dueAt",
                "'type': 'once', 'at': '2125-01-01T00:00:00Z';trigger.catchUp || trigger.backfill ? 'late' : trigger.id",
                "'type': 'webhook', 'signature': 'none';trigger.headers['x-day'] + trigger.deliveryId",
                "'type': 'webhook', 'signature': 'none';trigger.body.orders[0].day",
                "'type': 'workflow', 'workflow': 'b';trigger.run.outputs.day + trigger.run.state",
                "'type': 'file', 'directory': 'in';trigger.name + trigger.event"
            })
    void its_inputs_name_what_a_trigger_of_its_type_brings(String trigger, String expression) {
        assertThat(problems(with(trigger, expression))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'type': 'cron', 'cron': '0 2 * * *';trigger.sheduledAt;did you mean 'scheduledAt'",
                "'type': 'webhook', 'signature': 'none';trigger.scheduledAt;unknown-field",
                "'type': 'cron', 'cron': '0 2 * * *';trigger.body.day;unknown-field",
                "'type': 'workflow', 'workflow': 'b';trigger.run.output;did you mean 'outputs'",
                "'type': 'workflow', 'workflow': 'b';trigger.run.state == 'SUCCES' ? '1' : '2';never-equal",
                "'type': 'file', 'directory': 'in';trigger.size + 'x';expression-type"
            })
    void a_misspelt_field_of_trigger_is_found(String trigger, String expression, String expected) {
        assertThat(problems(with(trigger, expression)))
                .singleElement()
                .asString()
                .contains(expected);
    }

    @Test
    void a_task_doesnt_know_the_type_and_may_ask_for_any_field() {
        var text =
                "{'id': 'a', 'tasks': [{'id': 't', 'type': 'log', 'with': {'message': '${ trigger.body.day } ${ trigger.scheduledAt } ${ trigger.anything }'}}]}";

        assertThat(Loading.lines(Loading.json(text))).isEmpty();
    }

    private static String with(String trigger, String expression) {
        return trigger + ", 'inputs': {'day': '${ " + expression.replace("'", "\\'") + " }'}";
    }

    private static List<String> problems(String trigger) {
        var inputs = trigger.contains("'inputs'") ? "" : ", 'inputs': {'day': 'x'}";
        var json =
                """
                {"id": "a", "namespace": "sales",
                 "inputs": {"properties": {"day": {}}},
                 "tasks": [{"id": "t", "type": "log", "with": {"message": "${ inputs.day }"}}],
                 "triggers": [{"id": "x", %s%s}]}
                """
                        .formatted(quoted(trigger), quoted(inputs));
        return Loading.lines(Loading.json(json)).stream()
                .map(line -> line.replaceFirst("^[0-9]+:[0-9]+ ", ""))
                .toList();
    }

    /// With JSON's quotes; an apostrophe within a text is written `\'`.
    private static String quoted(String text) {
        return text.replace("\\'", "\u0001").replace('\'', '"').replace('\u0001', '\'');
    }
}
