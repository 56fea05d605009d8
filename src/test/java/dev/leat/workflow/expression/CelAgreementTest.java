package dev.leat.workflow.expression;

import static dev.leat.workflow.expression.ExpressionTesting.valueOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.leat.store.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where we don't differ on purpose, we answer what CEL's own runtime answers.
class CelAgreementTest {

    private static final CelOptions OPTIONS =
            CelOptions.current().enableHeterogeneousNumericComparisons(true).build();
    private static final Cel CEL =
            CelFactory.standardCelBuilder()
                    .setOptions(OPTIONS)
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .addVar("inputs", SimpleType.DYN)
                    .addCompilerLibraries(
                            CelExtensions.optional(),
                            CelExtensions.strings(),
                            CelExtensions.lists(),
                            CelExtensions.sets(OPTIONS),
                            CelExtensions.math(OPTIONS),
                            CelExtensions.encoders(OPTIONS),
                            CelExtensions.regex(),
                            CelExtensions.comprehensions())
                    .addRuntimeLibraries(
                            CelExtensions.optional(),
                            CelExtensions.strings(),
                            CelExtensions.lists(),
                            CelExtensions.sets(OPTIONS),
                            CelExtensions.math(OPTIONS),
                            CelExtensions.encoders(OPTIONS),
                            CelExtensions.regex(),
                            CelExtensions.comprehensions())
                    .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 + 2 * 3 - -4",
                "-7 % 3",
                "7 % -3",
                "1.5 + 2.5",
                "2.0 * 0.5",
                "'a' + 'b'",
                "[1] + [2, 3]",
                "1 < 2.5",
                "dyn(2) >= 2.0",
                "dyn(1) == 1.0",
                "'a' < 'b'",
                "[1, [2]] == [1, [2]]",
                "{'a': 1} == {'a': 1}",
                "{'a': 1} == {'b': 1}",
                "1 in [1, 2]",
                "'a' in {'a': 1}",
                "dyn('x') == dyn(1)",
                "size('héllo💥')",
                "size([1, 2])",
                "size({'a': 1})",
                "'abc'.contains('bc')",
                "'abc'.startsWith('b')",
                "'abc'.endsWith('bc')",
                "'abc'.matches('b.')",
                "'tacocat'.charAt(3)",
                "'tacocat'.charAt(7)",
                "'tacocat'.indexOf('ac')",
                "'tacocat'.indexOf('')",
                "'tacocat'.indexOf('a', 3)",
                "'tacocat'.indexOf('none')",
                "'tacocat'.lastIndexOf('at')",
                "'tacocat'.lastIndexOf('a', 3)",
                "'tacocat'.lastIndexOf('x')",
                "'💥ab'.indexOf('b')",
                "'TacoCÆt'.lowerAscii()",
                "'tacoCÆt'.upperAscii()",
                "'hello hello'.replace('he', 'we')",
                "'hello hello'.replace('he', 'we', 1)",
                "'hello'.replace('', '_')",
                "'hello'.replace('', '_', 2)",
                "'hello'.replace('he', 'we', 0)",
                "'a b c'.split(' ')",
                "'a b c'.split(' ', 2)",
                "'a b c'.split(' ', 1)",
                "'a b c'.split(' ', 0)",
                "'abc'.split('')",
                "'abc'.split('', 2)",
                "''.split(',')",
                "' a '.trim()",
                "'tacocat'.substring(4)",
                "'tacocat'.substring(0, 4)",
                "'💥ab'.substring(1)",
                "'gums'.reverse()",
                "['a', 'b'].join()",
                "['a', 'b'].join('-')",
                "int('42')",
                "int(3.9)",
                "int(-3.9)",
                "double('1.5')",
                "double(3)",
                "bool('true')",
                "string(1)",
                "string(true)",
                "string(b'abc')",
                "int(timestamp('2026-01-01T00:00:00Z'))",
                "timestamp('2026-11-23T08:30:15.250Z').getFullYear()",
                "timestamp('2026-11-23T08:30:15.250Z').getMonth()",
                "timestamp('2026-11-23T08:30:15.250Z').getDate()",
                "timestamp('2026-11-23T08:30:15.250Z').getDayOfMonth()",
                "timestamp('2026-11-23T08:30:15.250Z').getDayOfWeek()",
                "timestamp('2026-11-22T08:30:15.250Z').getDayOfWeek()",
                "timestamp('2026-11-23T08:30:15.250Z').getDayOfYear()",
                "timestamp('2026-11-23T08:30:15.250Z').getHours('Europe/Berlin')",
                "timestamp('2026-11-23T08:30:15.250Z').getMinutes('-02:30')",
                "timestamp('2026-11-23T08:30:15.250Z').getSeconds()",
                "timestamp('2026-11-23T08:30:15.250Z').getMilliseconds()",
                "timestamp('2026-11-23T08:30:15Z').getHours('05:30')",
                "duration('1h30m').getMinutes()",
                "duration('90s').getSeconds()",
                "duration('3h').getHours()",
                "duration('1h') > duration('59m')",
                "timestamp('2026-01-02T00:00:00Z') - timestamp('2026-01-01T00:00:00Z') == duration('24h')",
                "timestamp('2026-01-01T00:00:00Z') + duration('-1.5s') < timestamp('2026-01-01T00:00:00Z')",
                "[1, 2, 3].map(x, x * 2)",
                "[1, 2, 3].map(x, x > 1, x * 2)",
                "[1, 2, 3].filter(x, x > 1)",
                "[1, 2].all(x, x > 0)",
                "[1, 2].exists(x, x > 5)",
                "[1, 2, 2].exists_one(x, x == 1)",
                "{'a': 1, 'b': 2}.map(k, k).size()",
                "{'a': 1}.all(k, k == 'a')",
                "[1, 2].transformList(i, v, i + v)",
                "[5, 6].transformMap(i, v, i != 0, v)",
                "{'a': 1}.transformMap(k, v, k + string(v))",
                "{'a': 1}.transformMapEntry(k, v, {v: k})",
                "[1, 2].all(i, v, v > i)",
                "[1, 2].exists(i, v, v == i + 1)",
                "{'a': 'b'}.existsOne(k, v, k == 'a')",
                "[1, 2, 3, 4].slice(1, 3)",
                "[[1, 2], [3, [4]]].flatten()",
                "dyn([1, [2, [3]]]).flatten(2)",
                "lists.range(4)",
                "[1, 2, 1, 1.0, 'a', 'a'].distinct()",
                "[1, 2].reverse()",
                "[3, 1, 2].sort()",
                "['b', 'a'].sort()",
                "sets.contains([1, 2, 3], [3, 1])",
                "sets.equivalent([1, 1, 2], [2, 1])",
                "sets.intersects([1], [2, 3])",
                "math.greatest(1, 2, 3)",
                "math.least(1, -2.5)",
                "math.greatest([1, 5, 2])",
                "math.ceil(1.2)",
                "math.floor(-1.2)",
                "math.round(-1.5)",
                "math.round(2.5)",
                "math.trunc(-1.9)",
                "math.abs(-3)",
                "math.sign(-2.5)",
                "math.sqrt(16)",
                "math.bitAnd(6, 3)",
                "math.bitOr(6, 3)",
                "math.bitXor(6, 3)",
                "math.bitNot(6)",
                "math.bitShiftLeft(1, 4)",
                "math.bitShiftRight(-8, 1)",
                "math.bitShiftLeft(1, 200)",
                "math.isNaN(0.0 / 1.0)",
                "base64.encode(b'hello')",
                "string(base64.decode('aGVsbG8='))",
                "regex.replace('hello world', 'o', '0')",
                "regex.replace('banana', 'a', 'x', 2)",
                "regex.replace('foo bar', '(fo)o (ba)r', '\\\\2 \\\\1')",
                "regex.extract('item-A, item-B', 'item-(\\\\w+)').value()",
                "regex.extract('x', 'y').hasValue()",
                "regex.extractAll('id:123, id:456', 'id:\\\\d+')",
                "regex.extractAll('id:123, id:456', 'id:(\\\\d+)')",
                "optional.of(1).hasValue()",
                "optional.none().orValue(3)",
                "optional.of(1).or(optional.of(2)).value()",
                "optional.ofNonZeroValue('').hasValue()",
                "{'a': 1}[?'a'].orValue(0)",
                "[1][?5].orValue(0)",
                "{'a': {'b': 1}}.?a.?b.value()",
                "{'a': {'b': 1}}.?a.b.orValue(2)",
                "optional.of(2).optMap(x, x * 2).value()",
                "optional.of(2).optFlatMap(x, optional.none()).hasValue()",
                "[?optional.none(), 1]",
                "{?'a': optional.none(), 'b': 1}",
                "[1, 2].first().value()",
                "[1, 2].last().value()",
                "has({'a': null}.a)",
                "has({'a': 1}.b)",
                "true ? 1 : 2",
                "type(1) == int",
                "type('') == string",
                "type([]) == list",
                "type(null) == null_type",
                "b'abc' == b'abc'",
                "b'ab' + b'c' == b'abc'",
                "inputs.rows.exists(r, r.country == 'FR')",
                "inputs['customer'].name",
                "[3, 2, 1].sortBy(x, -x).size()",
                "'\\u00e9\\t\\x41'",
                "r'\\d'",
                "0x1F",
                "1e3",
                "\"\"\"a\"b\"\"\""
            })
    void an_expression_means_what_it_means_in_cel(String expression) throws Exception {
        var theirs =
                CEL.createProgram(CEL.compile(expression).getAst())
                        .eval(Map.of("inputs", ExpressionTesting.WORLD.get("inputs")));

        assertThat(plain(valueOf(expression))).isEqualTo(plain(theirs));
    }

    /// Through JSON, so that only the value counts and not Java's types for it.
    private static Object plain(@Nullable Object value) {
        var known = value instanceof NullValue ? null : value;
        return String.valueOf(Json.read(Values.json(known, new Meter(Bounds.DEFAULTS))));
    }
}
