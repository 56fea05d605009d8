package dev.leat.workflow.expression;

import static dev.leat.workflow.expression.ExpressionTesting.valueOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an expression says when it fails, and when it doesn't.
class FailuresTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    inputs.anything.dep            | no 'dep' in inputs.anything (did you mean 'deep'?).
                    inputs.anything.deep.x         | inputs.anything.deep is a list and has no 'x'.
                    inputs.tags[5]                 | no element 5 in a list of 2.
                    1 / 0                          | division by zero.
                    1.0 / 0                        | division by zero.
                    7 % 0                          | division by zero.
                    9223372036854775807 + 1        | a number is too large.
                    inputs.anything.deep + 'a'     | '+' can't be applied to list and text.
                    sum(inputs.tags)               | sum() needs numbers, and the list has text.
                    min([])                        | min and max of an empty list; test its size() first.
                    timestamp('yesterday')         | 'yesterday' is no timestamp such as 2026-11-23T08:00:00Z.
                    now().date('Mars/Base')        | no time zone 'Mars/Base'; write one such as Europe/Berlin.
                    json.parse('{')                | the text is no JSON.
                    int('3.5')                     | '3.5' is no whole number.
                    {'a': 1, 'a': 2}               | the key 'a' comes twice.
                    'abc'.substring(2, 1)          | the end 1 comes before the begin 2.
                    'x'.matches('(')               | a regular expression can't be read: error parsing regexp: missing closing ): `(`.
                    """)
    void a_failure_names_the_expression_and_the_reason(String expression, String reason) {
        var thrown = catchThrowableOfType(ExpressionException.class, () -> valueOf(expression));
        assertThat(thrown.code()).isEqualTo("expression");
        assertThat(thrown).hasMessage("${ " + expression + " }: " + reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true || 1 / 0 > 1",
                "1 / 0 > 1 || true",
                "!(false && 1 / 0 > 1)",
                "!(1 / 0 > 1 && false)",
                "[1, 0].exists(x, 1 / x == 1)",
                "[0, 1].exists(x, 1 / x == 1)",
                "![0, 1].all(x, 1 / x == 2)",
                "true ? true : 1 / 0 > 1",
                "[1, 2, 2].exists_one(x, x == 1)",
                "inputs.dry == false"
            })
    void a_failure_that_decides_nothing_does_not_count(String expression) {
        assertThat(valueOf(expression)).isEqualTo(true);
    }

    @Test
    void a_secret_value_is_not_in_a_message() {
        var thrown =
                catchThrowableOfType(
                        ExpressionException.class, () -> valueOf("secrets.TOKEN.substring(50)"));
        assertThat(thrown.getMessage()).doesNotContain("t0ken");
    }
}
