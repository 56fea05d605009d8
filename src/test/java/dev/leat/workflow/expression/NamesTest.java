package dev.leat.workflow.expression;

import static dev.leat.workflow.expression.ExpressionTesting.EXPRESSIONS;
import static dev.leat.workflow.expression.ExpressionTesting.KNOWN;
import static dev.leat.workflow.expression.ExpressionTesting.compile;
import static dev.leat.workflow.expression.ExpressionTesting.evaluate;
import static dev.leat.workflow.expression.ExpressionTesting.problem;
import static dev.leat.workflow.expression.ExpressionTesting.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ${ inputs.dya }                       | 10 | unknown-input        | did you mean 'day'?
                    ${ inputs["dya"] }                    | 11 | unknown-input        | did you mean 'day'?
                    ${ inputs.?dya.orValue('') }          | 11 | unknown-input        | did you mean 'day'?
                    ${ has(inputs.dya) }                  | 14 | unknown-input        | did you mean 'day'?
                    ${ inputs.customer.nmae }             | 19 | unknown-field        | did you mean 'name'?
                    ${ inputs.rows.map(r, r.contry) }     | 24 | unknown-field        | did you mean 'country'?
                    ${ inputs.rows[0].contry }            | 18 | unknown-field        | did you mean 'country'?
                    ${ imputs.day }                       | 3  | unknown-root         | did you mean 'inputs'?
                    ${ vars.bsae }                        | 8  | unknown-var          | did you mean 'base'?
                    ${ tasks.fecth.output }               | 9  | unknown-task         | did you mean 'fetch'?
                    ${ tasks["fecth"].output }            | 10 | unknown-task         | did you mean 'fetch'?
                    ${ tasks.fetch.otput }                | 15 | unknown-field        | did you mean 'output'?
                    ${ tasks.fetch.output.bdoy }          | 22 | unknown-output-field | did you mean 'body'?
                    ${ tasks.fetch.error.cod }            | 21 | unknown-field        | did you mean 'code'?
                    ${ run.revison }                      | 7  | unknown-field        | did you mean 'revision'?
                    ${ error.mesage }                     | 9  | unknown-field        | did you mean 'message'?
                    ${ siez(inputs.tags) }                | 3  | unknown-function     | did you mean 'size'?
                    ${ inputs.tags.fliter(t, t == 'a') }  | 15 | unknown-function     | did you mean 'filter'?
                    ${ math.greatst(1, 2) }               | 8  | unknown-function     | did you mean 'math.greatest'?
                    💥💥 ${ inputs.dya }                   | 15 | unknown-input        | did you mean 'day'?
                    ${ '💥' + inputs.dya }                | 17 | unknown-input        | did you mean 'day'?
                    """)
    void a_misspelt_name_is_found_where_it_stands(
            String text, int offset, String code, String hint) {
        var problem = problem(text);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.offset()).isEqualTo(offset);
        assertThat(problem.hint()).isEqualTo(hint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ${ inputs.day + 1 }               | 14 | '+' can't be applied to text and number.
                    ${ !inputs.day }                  | 3  | '!' can't be applied to text.
                    ${ inputs.dry && inputs.day }     | 14 | '&&' can't be applied to true/false and text.
                    ${ inputs.count < inputs.day }    | 16 | '<' can't be applied to number and text.
                    ${ inputs.day == 3 }              | 14 | A text is never equal to a number.
                    ${ tasks.fetch.status != true }   | 22 | A text is never equal to a true/false.
                    ${ inputs.day.substring('x') }    | 23 | substring() can't be applied to text and text.
                    ${ size(1, 2) }                   | 7  | size() can't be applied to number and number.
                    ${ run.startedAt + 'x' }          | 17 | '+' can't be applied to timestamp and text.
                    """)
    void a_value_of_the_wrong_kind_is_found_where_it_is_used(
            String text, int offset, String message) {
        var problem = problem(text);
        assertThat(problem.code()).isEqualTo("expression-type");
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.offset()).isEqualTo(offset);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ${ }       | 2
                    ${ 1 + }   | 7
                    ${ 1 + ) } | 7
                    a ${ [1 }  | 8
                    """)
    void what_cannot_be_read_says_where(String text, int offset) {
        var problem = problem(text);
        assertThat(problem.code()).isEqualTo("expression-syntax");
        assertThat(problem.offset()).isEqualTo(offset);
    }

    @Test
    void a_task_that_is_not_waited_for_is_named_with_the_one_that_uses_it() {
        var known = KNOWN.at("load", Set.of("fetch"));
        assertThat(EXPRESSIONS.compile("${ tasks.report.status }", known).problems())
                .containsExactly(
                        new ExpressionProblem(
                                "",
                                9,
                                "not-upstream",
                                "Task 'load' uses 'report' without waiting for it.",
                                "add 'report' to dependsOn",
                                false));
        assertThat(EXPRESSIONS.compile("${ tasks.load.error }", known).problems())
                .singleElement()
                .extracting(ExpressionProblem::message)
                .isEqualTo("Task 'load' uses itself.");
        assertThat(EXPRESSIONS.compile("${ tasks.fetch.status }", known).problems()).isEmpty();
    }

    @Test
    void all_problems_of_an_expression_and_of_a_value_are_told_at_once() {
        assertThat(problems(Map.of("a", "${ inputs.dya + inputs.cuont } and ${ vars.bsae }")))
                .hasSize(3);
    }

    @Test
    void a_root_that_exists_elsewhere_is_no_misspelling() {
        var problem = problem("${ index }");
        assertThat(problem.message()).startsWith("'index' doesn't exist here.");
        assertThat(problem.hint()).isNull();
    }

    @Test
    void an_item_has_the_name_that_the_loop_gives_it() {
        assertThat(evaluate("${ item.id + index }", KNOWN.withItem("item"))).isEqualTo(11L);
        var named = KNOWN.withItem("row");
        assertThat(evaluate("${ row.id }", named)).isEqualTo(7L);
        assertThat(EXPRESSIONS.compile("${ row.id }", named).template().roots())
                .containsExactly("item");
        assertThat(EXPRESSIONS.compile("${ item.id }", named).problems()).isNotEmpty();
    }

    @Test
    void a_variable_of_a_comprehension_hides_a_root_which_is_told() {
        var compiled = compile("${ [1, 2].map(inputs, inputs + 1) }");
        assertThat(compiled.template().evaluate(_ -> null)).asString().isEqualTo("[2, 3]");
        assertThat(compiled.problems())
                .singleElement()
                .matches(problem -> problem.warning() && problem.code().equals("shadowed-name"));
    }

    @Test
    void what_a_schema_leaves_open_can_be_anything() {
        var open =
                KNOWN.withInputs(
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of("a", Map.of()),
                                "additionalProperties",
                                true));
        assertThat(EXPRESSIONS.compile("${ inputs.whatever }", open).problems()).isEmpty();
        assertThat(
                        EXPRESSIONS
                                .compile("${ inputs.whatever + 1 }", KNOWN.withInputs(Map.of()))
                                .problems())
                .isEmpty();
        assertThat(
                        EXPRESSIONS
                                .compile(
                                        "${ inputs.x }",
                                        KNOWN.withInputs(
                                                Map.of("$ref", "#/x", "properties", Map.of())))
                                .problems())
                .isEmpty();
    }

    @Test
    void the_nearest_word_is_one_that_is_near() {
        assertThat(Nearest.nearest("dependson", Set.of("dependsOn", "disabled")))
                .contains("dependsOn");
        assertThat(Nearest.nearest("retyr", Set.of("retry", "type"))).contains("retry");
        assertThat(Nearest.nearest("elephant", Set.of("retry", "type"))).isEmpty();
        assertThat(Nearest.nearest("x", Set.of())).isEmpty();
        assertThat(Nearest.hint("tpye", Set.of("type"))).isEqualTo("did you mean 'type'?");
    }
}
