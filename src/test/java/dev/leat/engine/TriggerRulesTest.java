package dev.leat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.engine.TriggerRules.Answer;
import dev.leat.store.TaskState;
import dev.leat.workflow.TriggerRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TriggerRulesTest {

    @ParameterizedTest(name = "{0} with {1} succeeded, {2} failed, {3} skipped of {4}: {5}")
    @CsvSource({
        "ALL_SUCCESS,                 1, 0, 0, 2, not yet",
        "ALL_SUCCESS,                 2, 0, 0, 2, start",
        "ALL_SUCCESS,                 0, 1, 0, 2, UPSTREAM_FAILED",
        "ALL_SUCCESS,                 0, 0, 1, 2, SKIPPED",
        "ALL_SUCCESS,                 0, 1, 1, 3, UPSTREAM_FAILED",
        "ALL_DONE,                    1, 0, 0, 2, not yet",
        "ALL_DONE,                    0, 1, 1, 2, start",
        "ALL_FAILED,                  0, 1, 0, 2, not yet",
        "ALL_FAILED,                  0, 2, 0, 2, start",
        "ALL_FAILED,                  1, 0, 0, 2, SKIPPED",
        "ALL_FAILED,                  0, 1, 1, 2, SKIPPED",
        "ONE_SUCCESS,                 1, 0, 0, 3, start",
        "ONE_SUCCESS,                 0, 2, 0, 3, not yet",
        "ONE_SUCCESS,                 0, 2, 1, 3, UPSTREAM_FAILED",
        "ONE_SUCCESS,                 0, 0, 3, 3, SKIPPED",
        "ONE_FAILED,                  0, 1, 0, 3, start",
        "ONE_FAILED,                  2, 0, 0, 3, not yet",
        "ONE_FAILED,                  2, 0, 1, 3, SKIPPED",
        "NONE_FAILED,                 1, 0, 1, 2, start",
        "NONE_FAILED,                 0, 0, 2, 2, start",
        "NONE_FAILED,                 0, 1, 0, 2, UPSTREAM_FAILED",
        "NONE_FAILED,                 1, 0, 0, 2, not yet",
        "NONE_FAILED_MIN_ONE_SUCCESS, 1, 0, 1, 2, start",
        "NONE_FAILED_MIN_ONE_SUCCESS, 0, 0, 2, 2, SKIPPED",
        "NONE_FAILED_MIN_ONE_SUCCESS, 0, 1, 0, 2, UPSTREAM_FAILED",
        "NONE_FAILED_MIN_ONE_SUCCESS, 1, 0, 0, 2, not yet",
        "ALWAYS,                      0, 0, 0, 2, start",
    })
    void a_rule_answers_as_soon_as_it_is_decided(
            TriggerRule rule, int succeeded, int failed, int skipped, int total, String expected) {
        assertThat(word(TriggerRules.answer(rule, total, succeeded, failed, skipped)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void a_task_that_depends_on_nothing_starts_whatever_its_rule(TriggerRule rule) {
        assertThat(word(TriggerRules.answer(rule, 0, 0, 0, 0))).isEqualTo("start");
    }

    private static String word(Answer answer) {
        return switch (answer) {
            case Answer.Start _ -> "start";
            case Answer.NotYet _ -> "not yet";
            case Answer.Never(TaskState state) -> state.name();
        };
    }
}
