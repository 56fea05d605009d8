package dev.leat.workflow.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the tests of expressions share: a small world of inputs and tasks, and short ways to ask
/// about it.
final class ExpressionTesting {

    static final Instant NOW = Instant.parse("2026-11-23T08:30:00Z");
    static final Expressions EXPRESSIONS = Expressions.standalone(InstantSource.fixed(NOW));

    static final Map<String, @Nullable Object> INPUTS_SCHEMA =
            Json.readObject(
                    """
                    {"type": "object",
                     "properties": {
                       "day": {"type": "string"},
                       "count": {"type": "integer"},
                       "amount": {"type": "number"},
                       "dry": {"type": "boolean"},
                       "tags": {"type": "array", "items": {"type": "string"}},
                       "anything": {},
                       "customer": {"type": "object",
                         "properties": {"name": {"type": "string"}, "city": {"type": "string"}}},
                       "rows": {"type": "array",
                         "items": {"type": "object",
                           "properties": {"country": {"type": "string"}, "amount": {"type": "number"}}}}}}
                    """);

    static final Declarations KNOWN =
            Declarations.of("inputs", "vars", "tasks", "run", "trigger", "secrets", "error")
                    .withInputs(INPUTS_SCHEMA)
                    .withVars(Map.of("base", Map.of()))
                    .withTasks(
                            Map.of(
                                    "fetch",
                                    Json.readObject(
                                            """
                                            {"type": "object",
                                             "properties": {"status": {"type": "integer"}, "body": {}}}
                                            """),
                                    "load",
                                    Map.of(),
                                    "report",
                                    Map.of()))
                    .at("report", Set.of("fetch", "load"));

    static final Map<String, @Nullable Object> WORLD =
            Json.readObject(
                    """
                    {"inputs": {"day": "2026-11-22", "count": 3, "amount": 100.5, "dry": false,
                                "tags": ["a", "b"], "anything": {"deep": [1, {"x": null}]},
                                "customer": {"name": "Ada", "city": "Köln"},
                                "rows": [{"country": "DE", "amount": 100}, {"country": "FR", "amount": 50.5},
                                         {"country": "DE", "amount": 20}]},
                     "vars": {"base": "https://api.example.com"},
                     "tasks": {"fetch": {"status": "SUCCESS", "error": null,
                                         "output": {"status": 200, "body": [{"id": 1}, {"id": 2}]}},
                               "load": {"status": "FAILED", "output": null,
                                        "error": {"code": "http.503", "message": "busy"}}},
                     "run": {"id": "0001", "startedAt": "2026-11-23T01:30:00Z", "labels": {"team": "bi"}},
                     "trigger": {"kind": "cron", "scheduledAt": "2026-11-22T23:30:00Z", "body": {"a": 1}},
                     "secrets": {"TOKEN": "t0ken"},
                     "item": {"id": 7}, "index": 4,
                     "error": {"code": "exit.2", "message": "no"}}
                    """);

    private ExpressionTesting() {}

    static Compiled compile(@Nullable Object source) {
        return EXPRESSIONS.compile(source, KNOWN);
    }

    /// Evaluates what has to be without problems.
    static @Nullable Object evaluate(@Nullable Object source) {
        return evaluate(source, KNOWN);
    }

    static @Nullable Object evaluate(@Nullable Object source, Declarations declarations) {
        var compiled = EXPRESSIONS.compile(source, declarations);
        assertThat(compiled.problems()).as(String.valueOf(source)).isEmpty();
        return compiled.template().evaluate(WORLD::get);
    }

    /// The value of one expression, with `x` an input of any kind.
    static @Nullable Object valueOf(String expression) {
        return evaluate("${ " + expression + " }");
    }

    static List<ExpressionProblem> problems(@Nullable Object source) {
        return compile(source).problems();
    }

    static ExpressionProblem problem(@Nullable Object source) {
        var problems = problems(source);
        assertThat(problems).as(String.valueOf(source)).hasSize(1);
        return problems.getFirst();
    }
}
