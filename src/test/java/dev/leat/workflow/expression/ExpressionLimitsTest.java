package dev.leat.workflow.expression;

import static dev.leat.workflow.expression.ExpressionTesting.EXPRESSIONS;
import static dev.leat.workflow.expression.ExpressionTesting.KNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Expressions that mean harm, or slipped: each ends in `expression-limit`, soon, and with a flat
/// heap.
class ExpressionLimitsTest {

    /// Far more than the bounds allow one evaluation, far less than an unbounded one would take.
    private static final long MOST_ALLOCATED = 600L << 20;

    /// The bound is 250 ms; the rest is for a busy machine.
    private static final Duration SOON = Duration.ofSeconds(3);

    static Stream<String> bombs() {
        return Stream.of(
                "lists.range(3000).map(a, lists.range(3000).map(b, lists.range(3000)))",
                "lists.range(1000000000)",
                "lists.range(9223372036854775807)",
                "lists.range(1000000).map(a, a)",
                "lists.range(900).map(a, lists.range(900).map(b, 'x'))",
                doubling("'xxxxxxxxxx'", "%s + %s", 40),
                doubling("[1,2,3]", "%s + %s", 40),
                doubling("b'xxxxxxxxxx'", "%s + %s", 40),
                doubling("'xxxxxxxxxx'", "[%s, %s].join('')", 40),
                doubling("'xx'", "%s.replace('', %s)", 8),
                doubling("[1]", "[%s, %s]", 40),
                doubling("[1]", "{'a': %s, 'b': %s}", 40),
                doubling("'x'", "json.format([%s, %s])", 40),
                doubling("'x'", "string([%s, %s])", 40),
                doubling("'x'", "strings.quote(%s + %s)", 40),
                doubling("'x'", "regex.replace(%s + 'y', 'y', %s + 'y')", 40),
                doubling("[1]", "[%s, %s].flatten()", 40),
                "size(" + doubling("[1]", "[%s, %s]", 40) + ".flatten(100)) > 0",
                "("
                        + doubling("[1]", "[%s, %s]", 40)
                        + ") == ("
                        + doubling("[1]", "[%s, %s]", 40)
                        + ")",
                "["
                        + doubling("[1]", "[%s, %s]", 40)
                        + ", "
                        + doubling("[1]", "[%s, %s]", 40)
                        + "].distinct() == []",
                "sets.contains(["
                        + doubling("[1]", "[%s, %s]", 40)
                        + "], ["
                        + doubling("[1]", "[%s, %s]", 40)
                        + "])",
                "lists.range(100000).map(i, " + doubling("'x'", "%s + %s", 15) + ")",
                "("
                        + doubling("'x,'", "%s + %s", 18)
                        + ").split(',').map(x, x + x).join(',').split(',').map(x, x + 'y')",
                "(" + doubling("'x'", "%s + %s", 19) + ").split('').map(x, [x])",
                "lists.range(190000).map(i, lists.range(1000))",
                "lists.range(190000).exists(i, i in lists.range(190000).map(j, -1 - j))",
                "lists.range(190000).map(i, [i]).distinct()",
                "lists.range(100000).transformMap(i, v, lists.range(1000))",
                "lists.range(100000).groupBy(i, string(i) + 'x').transformList(k, v, [k + k, v, v, v, v])"
                        + ".map(x, [x, [x, x]]).map(x, json.format(x)).join('').split('')",
                "lists.range(400).map(a, lists.range(400).filter(b, b > a).sort())"
                        + ".map(l, l.map(x, string(x)).join('---------------------------------'))",
                "lists.range(100000).map(i, ('" + "a".repeat(5_000) + "').matches('(a|aa)*b'))",
                "base64.encode(bytes(" + doubling("'x'", "%s + %s", 40) + "))");
    }

    /// `chain` of one-element maps, each of which makes two of the one before.
    private static String doubling(String seed, String twice, int times) {
        var expression = new StringBuilder("[" + seed + "]");
        for (int time = 0; time < times; time++) {
            var name = "v" + time;
            expression
                    .append(".map(")
                    .append(name)
                    .append(", ")
                    .append(twice.formatted(name, name))
                    .append(')');
        }
        return expression.append("[0]").toString();
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void a_bomb_ends_at_a_bound_soon_and_with_a_flat_heap(String bomb) {
        var compiled = EXPRESSIONS.compile("${ " + bomb + " }", KNOWN);
        assertThat(compiled.problems()).isEmpty();
        var allocatedBefore = allocated();
        var start = System.nanoTime();

        var thrown = catchThrowable(() -> compiled.template().evaluate(_ -> Map.of()));

        assertThat(thrown).isInstanceOf(ExpressionException.class);
        assertThat(((ExpressionException) thrown).code()).isEqualTo("expression-limit");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        assertThat(allocated() - allocatedBefore).isLessThan(MOST_ALLOCATED);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "{1:",
                "-(",
                "size(",
                "!(",
                "[1].map(x, ",
                "true?",
                "a[",
                "((((1))"
            })
    void deep_nesting_is_a_problem_and_no_stack_overflow(String opening) {
        for (int times : new int[] {100, 1_000, 5_000}) {
            var text = opening.repeat(times) + "1";
            var problems = EXPRESSIONS.compile("${ " + text + " }", KNOWN).problems();
            assertThat(problems).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 + ", "'a' + ", "true && ", "true ? 1 : ", "1 == ", "[1] + "})
    void long_chains_are_a_problem_and_no_stack_overflow(String link) {
        var text = link.repeat(3_000) + (link.startsWith("'") ? "'a'" : "1");
        assertThat(EXPRESSIONS.compile("${ " + text + " }", KNOWN).problems()).isNotEmpty();
    }

    @Test
    void a_balanced_nest_that_is_too_deep_says_so() {
        var text = "(".repeat(400) + "1" + ")".repeat(400);
        assertThat(EXPRESSIONS.compile("${" + text + "}", KNOWN).problems())
                .singleElement()
                .extracting(ExpressionProblem::code)
                .isEqualTo("expression-limit");
    }

    @Test
    void selects_without_end_are_a_problem() {
        var text = "inputs.anything" + ".a".repeat(5_000);
        assertThat(EXPRESSIONS.compile("${" + text + "}", KNOWN).problems())
                .extracting(ExpressionProblem::code)
                .containsOnly("expression-limit");
    }

    @Test
    void a_megabyte_of_expression_is_refused_without_reading_it() {
        var start = System.nanoTime();
        var problems =
                EXPRESSIONS.compile("${ '" + "x".repeat(1_000_000) + "' }", KNOWN).problems();

        assertThat(problems)
                .singleElement()
                .extracting(ExpressionProblem::code)
                .isEqualTo("expression-limit");
        assertThat(problems.getFirst().message()).contains("leat.expressions.max-text");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void macros_that_copy_their_target_do_not_explode() {
        var text = new StringBuilder("optional.of(1)");
        for (int time = 0; time < 40; time++) {
            text.append(".optMap(x, x + 1)");
        }
        var start = System.nanoTime();

        var compiled = EXPRESSIONS.compile("${ " + text + ".value() }", KNOWN);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        assertThat(compiled.template().evaluate(_ -> null)).isEqualTo(41L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(a+)+$",
                "(a|a)*$",
                "(a|aa)+$",
                "(.*a){20}",
                "([a-zA-Z]+)*$",
                "(a*)*b",
                "(.*)*x",
                "^(([a-z])+.)+[A-Z]([a-z])+$",
                "(x+x+)+y",
                "a{1,100}a{1,100}$",
                "(?i)(a+)+b",
                "((a{1,30}){1,30})b",
                "(\\\\w+\\\\s?)+$"
            })
    void no_pattern_takes_more_than_its_time(String pattern) {
        var compiled =
                EXPRESSIONS.compile("${ inputs.anything.matches('" + pattern + "') }", KNOWN);
        assertThat(compiled.problems()).isEmpty();
        var evil = "a".repeat(100_000) + "!";
        var start = System.nanoTime();

        var thrown =
                catchThrowable(() -> compiled.template().evaluate(_ -> Map.of("anything", evil)));

        assertThat(thrown == null || thrown instanceof ExpressionException).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(((a{100}){100}){100}){100}",
                "(a{0,1000}){0,1000}",
                "(((((a{9}){9}){9}){9}){9}){9}"
            })
    void a_pattern_that_grows_beyond_measure_is_refused(String pattern) {
        assertThatThrownBy(() -> ExpressionTesting.valueOf("'aaa'.matches('" + pattern + "')"))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("too large");
    }

    @Test
    void one_value_used_often_counts_as_often_as_it_is_written() {
        var text = "x".repeat(100_000);
        var compiled =
                EXPRESSIONS.compile("${ lists.range(10000).map(i, inputs.anything) }", KNOWN);
        assertThatThrownBy(() -> compiled.template().evaluate(_ -> Map.of("anything", text)))
                .hasMessageContaining("max-memory");
    }

    @Test
    void data_of_a_few_megabytes_pass_through_and_are_worked_on() {
        var rows = new ArrayList<Object>();
        for (long row = 0; row < 20_000; row++) {
            rows.add(Map.of("id", row, "name", "customer " + row, "amount", row * 1.5));
        }
        var roomy =
                new Expressions(
                        new Bounds(
                                20_000, 100, 200_000, 1_000_000, 1L << 25, Duration.ofSeconds(20)),
                        InstantSource.system());
        var compiled =
                roomy.compile(
                        "${ inputs.anything.filter(r, r.amount > 100).map(r, r.name) }", KNOWN);

        var value = compiled.template().evaluate(_ -> Map.of("anything", rows));

        assertThat((List<?>) value).hasSize(20_000 - 67);
    }

    @Test
    void every_bound_is_named_with_its_key() {
        var small =
                new Expressions(
                        new Bounds(50, 10, 5, 10, 2_000, Duration.ofSeconds(20)),
                        InstantSource.system());
        assertThatThrownBy(
                        () ->
                                small.compile("${ [1,2,3,4,5,6].map(x, x) }", KNOWN)
                                        .template()
                                        .evaluate(_ -> null))
                .hasMessageContaining("leat.expressions.max-iterations");
        assertThatThrownBy(
                        () ->
                                small.compile("${ lists.range(11) }", KNOWN)
                                        .template()
                                        .evaluate(_ -> null))
                .hasMessageContaining("leat.expressions.max-size");
        assertThatThrownBy(
                        () ->
                                small.compile("${ ['a'] + ['b'] + ['c'] } ".repeat(30), KNOWN)
                                        .template()
                                        .evaluate(_ -> null))
                .hasMessageContaining("leat.expressions.max-");
        var slow =
                new Expressions(
                        new Bounds(500, 100, 1_000_000, 1_000_000, 1L << 40, Duration.ZERO),
                        InstantSource.system());
        assertThatThrownBy(
                        () ->
                                slow.compile("${ lists.range(100000).map(x, x) }", KNOWN)
                                        .template()
                                        .evaluate(_ -> null))
                .hasMessageContaining("leat.expressions.timeout");
    }

    @Test
    void whatever_is_written_ends_in_a_value_a_problem_or_an_expression_exception() {
        var random = new Random(20261123);
        for (int round = 0; round < 1_000; round++) {
            var text = generated(random, 6);
            var compiled = EXPRESSIONS.compile("${ " + text + " }", KNOWN);
            var thrown =
                    catchThrowable(
                            () -> compiled.template().evaluate(ExpressionTesting.WORLD::get));
            assertThat(thrown == null || thrown instanceof ExpressionException)
                    .as("%s: %s", text, thrown)
                    .isTrue();
        }
    }

    private static String generated(Random random, int depth) {
        if (depth == 0) {
            return List.of(
                            "1",
                            "2.5",
                            "'a'",
                            "null",
                            "true",
                            "inputs.anything",
                            "inputs.tags",
                            "x",
                            "[]",
                            "{}",
                            "inputs.rows",
                            "dyn(1)",
                            "b'x'",
                            "9223372036854775807",
                            "now()",
                            "duration('1h')")
                    .get(random.nextInt(16));
        }
        var one = generated(random, random.nextInt(depth));
        var two = generated(random, random.nextInt(depth));
        return List.of(
                        "(%s + %s)",
                        "(%s - %s)",
                        "(%s * %s)",
                        "(%s / %s)",
                        "(%s %% %s)",
                        "(%s == %s)",
                        "(%s < %s)",
                        "(%s in %s)",
                        "[%s, %s]",
                        "{'k': %s, 'l': %s}",
                        "dyn(%s).map(x, %s)",
                        "dyn(%s).filter(x, %s)",
                        "dyn(%s).all(x, %s)",
                        "(dyn(%s) ? %s : 1)",
                        "dyn(%s)[dyn(%s)]",
                        "string(%s) + string(%s)",
                        "dyn(%s).join(dyn(%s))",
                        "dyn(%s).split(dyn(%s))",
                        "dyn(%s).substring(dyn(%s))",
                        "dyn(%s).replace(dyn(%s), 'z')",
                        "math.greatest(dyn(%s), dyn(%s))",
                        "dyn(%s).sortBy(x, %s)",
                        "dyn(%s).groupBy(x, %s)",
                        "json.format([%s, %s])",
                        "sum([%s, %s])",
                        "dyn(%s).transformMap(k, x, %s)",
                        "dyn(%s).flatten(dyn(%s))",
                        "dyn(%s).slice(0, dyn(%s))",
                        "sets.contains(dyn(%s), dyn(%s))",
                        "[?dyn(%s), %s]",
                        "dyn(%s).date(dyn(%s))",
                        "regex.replace(dyn(%s), dyn(%s), 'x')")
                .get(random.nextInt(32))
                .formatted(one, two);
    }
}
