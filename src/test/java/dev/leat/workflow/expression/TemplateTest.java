package dev.leat.workflow.expression;

import static dev.leat.workflow.expression.ExpressionTesting.EXPRESSIONS;
import static dev.leat.workflow.expression.ExpressionTesting.KNOWN;
import static dev.leat.workflow.expression.ExpressionTesting.NOW;
import static dev.leat.workflow.expression.ExpressionTesting.WORLD;
import static dev.leat.workflow.expression.ExpressionTesting.compile;
import static dev.leat.workflow.expression.ExpressionTesting.evaluate;
import static dev.leat.workflow.expression.ExpressionTesting.problem;
import static dev.leat.workflow.expression.ExpressionTesting.valueOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.store.Json;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    @Test
    void every_text_within_a_value_is_evaluated_and_the_rest_stays() {
        var source =
                Json.read(
                        """
                        {"url": "${ vars.base }/orders?day=${ inputs.day }", "n": 5, "none": null,
                         "list": ["${ inputs.count }", "plain", {"deep": "${ inputs.tags }"}]}
                        """);
        assertThat(evaluate(source))
                .isEqualTo(
                        Json.read(
                                """
                                {"url": "https://api.example.com/orders?day=2026-11-22", "n": 5, "none": null,
                                 "list": [3, "plain", {"deep": ["a", "b"]}]}
                                """));
    }

    @Test
    void a_value_without_expressions_is_constant_and_answers_itself() {
        var source = Json.read("{\"a\": [1, \"$5 {x} $ {\"]}");
        var template = compile(source).template();

        assertThat(template.isConstant()).isTrue();
        assertThat(
                        template.evaluate(
                                name -> {
                                    throw new AssertionError(name);
                                }))
                .isSameAs(source);
        assertThat(template.roots()).isEmpty();
    }

    @Test
    void an_escaped_brace_is_text_and_no_constant() {
        var template = compile(List.of("$${ inputs.day }")).template();

        assertThat(template.isConstant()).isFalse();
        assertThat(template.evaluate(WORLD::get)).isEqualTo(List.of("${ inputs.day }"));
    }

    @Test
    void only_the_roots_that_are_named_are_asked_for_and_only_once() {
        var asked = new ArrayList<String>();
        var template = compile("${ inputs.day } ${ inputs.count } ${ vars.base }").template();

        template.evaluate(
                name -> {
                    asked.add(name);
                    return WORLD.get(name);
                });

        assertThat(template.roots()).containsExactlyInAnyOrder("inputs", "vars");
        assertThat(asked).containsExactly("inputs", "vars");
    }

    @Test
    void a_lazy_map_is_only_asked_for_the_keys_that_are_named() {
        var lazy =
                new AbstractMap<String, Object>() {
                    @Override
                    public Set<Entry<String, Object>> entrySet() {
                        throw new AssertionError("all of it");
                    }

                    @Override
                    public Object get(Object key) {
                        return Map.of("status", "SUCCESS", "output", Map.of("status", 200));
                    }

                    @Override
                    public boolean containsKey(Object key) {
                        return key.equals("fetch");
                    }
                };
        var template =
                compile("${ tasks.fetch.output.status == 200 && has(tasks.fetch.status) }")
                        .template();
        assertThat(template.evaluate(_ -> lazy)).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"}\"}[\"a\"]",
                "'}'",
                "r'\\d}'",
                "'''}'\"}'''",
                "\"\"\"}\"}\"\"\"",
                "'\\'}'",
                "{'a': {'b': '}'}}.a.b",
                "'{' + '}' // } comment\n"
            })
    void a_brace_within_an_expression_does_not_end_it(String expression) {
        assertThat(String.valueOf(evaluate("<${ " + expression + " }>")))
                .startsWith("<")
                .endsWith(">")
                .contains("}");
    }

    @Test
    void an_expression_that_is_not_closed_is_a_problem_where_it_opens() {
        var problem = problem(Map.of("a/b", List.of("x", "day ${ inputs.day")));
        assertThat(problem.pointer()).isEqualTo("/a~1b/1");
        assertThat(problem.offset()).isEqualTo(4);
        assertThat(problem.code()).isEqualTo("expression-syntax");
    }

    @Test
    void now_is_the_scopes_moment_or_else_the_clocks() {
        assertThat(valueOf("now()")).isEqualTo(NOW.toString());
        var fixed = Instant.parse("2020-01-01T00:00:00Z");
        assertThat(compile("${ now() }").template().evaluate(_ -> fixed))
                .isEqualTo(fixed.toString());
        assertThat(valueOf("now() == now()")).isEqualTo(true);
    }

    @Test
    void what_is_no_json_becomes_text_on_its_way_out() {
        assertThat(valueOf("{'t': now(), 'd': duration('90s'), 'b': b'hi', 'n': {1: true}}"))
                .isEqualTo(
                        Map.of(
                                "t",
                                NOW.toString(),
                                "d",
                                "PT1M30S",
                                "b",
                                "aGk=",
                                "n",
                                Map.of("1", true)));
        assertThat(valueOf("[optional.none(), optional.of(3)]")).asString().isEqualTo("[null, 3]");
    }

    @Test
    void a_number_that_json_does_not_have_is_an_error() {
        assertThatThrownBy(() -> valueOf("double('NaN')"))
                .hasMessageContaining("JSON has no number for");
    }

    @Test
    void a_template_with_problems_is_there_and_fails_when_it_is_evaluated() {
        var compiled = compile("${ inputs.dya }");
        assertThat(compiled.problems()).isNotEmpty();
        assertThat(compiled.template().source()).isEqualTo("${ inputs.dya }");
        assertThatThrownBy(() -> compiled.template().evaluate(WORLD::get))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("No input 'dya'");
    }

    @Test
    void a_condition_is_true_or_false() {
        assertThat(
                        EXPRESSIONS
                                .compileCondition("${ inputs.count > 2 }", KNOWN)
                                .template()
                                .evaluate(WORLD::get))
                .isEqualTo(true);
        assertThat(EXPRESSIONS.compileCondition(true, KNOWN).problems()).isEmpty();
        assertThat(EXPRESSIONS.compileCondition("${ inputs.anything }", KNOWN).problems())
                .isEmpty();
        assertThatThrownBy(
                        () ->
                                EXPRESSIONS
                                        .compileCondition("${ inputs.anything }", KNOWN)
                                        .template()
                                        .evaluate(WORLD::get))
                .hasMessageContaining("neither true nor false");
        for (Object wrong :
                new Object[] {
                    "${ inputs.day }", "${ 1 }", "inputs.count > 2", "${ true } ", 5L, "true"
                }) {
            assertThat(EXPRESSIONS.compileCondition(wrong, KNOWN).problems())
                    .as(String.valueOf(wrong))
                    .singleElement()
                    .extracting(ExpressionProblem::code)
                    .isEqualTo("expression-type");
        }
        assertThat(
                        EXPRESSIONS
                                .compileCondition("inputs.count > 2", KNOWN)
                                .problems()
                                .getFirst()
                                .hint())
                .isEqualTo("write \"${ inputs.count > 2 }\"");
    }

    @Test
    void data_are_never_evaluated() {
        var random = new Random(27493);
        var scraps =
                List.of(
                        "${",
                        "}",
                        "$${",
                        " inputs.day ",
                        "1 + 1",
                        "${ secrets.TOKEN }",
                        "'",
                        "\"",
                        "\\",
                        "{",
                        "x",
                        "\n",
                        "é",
                        "💥");
        var templates =
                List.of(
                        "${ inputs.anything }",
                        "a ${ inputs.anything } b",
                        "${ inputs.anything + '' }",
                        "${ [inputs.anything].join('') }",
                        "${ json.parse(json.format([inputs.anything]))[0] }");
        var compiled = templates.stream().map(source -> compile(source).template()).toList();
        for (int round = 0; round < 10_000; round++) {
            var data = new StringBuilder();
            for (int count = random.nextInt(8); count >= 0; count--) {
                data.append(scraps.get(random.nextInt(scraps.size())));
            }
            var number = round % templates.size();
            var value = compiled.get(number).evaluate(_ -> Map.of("anything", data.toString()));
            assertThat(value).isEqualTo(number == 1 ? "a " + data + " b" : data.toString());
        }
    }
}
