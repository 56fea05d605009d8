package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.Json;
import dev.leat.task.Problem;
import dev.leat.workflow.Sarif.Checked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SarifTest {

    /// The parts of SARIF 2.1.0 that are used, as its schema has them.
    private static final String SCHEMA =
            """
            {"type": "object", "required": ["version", "runs", "$schema"], "additionalProperties": false,
             "properties": {"$schema": {"type": "string", "format": "uri"}, "version": {"const": "2.1.0"},
              "runs": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["tool", "results"], "additionalProperties": false,
               "properties": {"columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "tool": {"type": "object", "required": ["driver"], "properties": {"driver": {"type": "object", "required": ["name", "rules"],
                 "properties": {"name": {"type": "string"}, "version": {"type": "string"}, "rules": {"type": "array", "uniqueItems": true,
                  "items": {"type": "object", "required": ["id", "shortDescription", "help"], "additionalProperties": false,
                   "properties": {"id": {"type": "string"}, "shortDescription": {"$ref": "#/$defs/message"}, "help": {"$ref": "#/$defs/message"}}}}}}}},
                "results": {"type": "array", "items": {"type": "object", "required": ["ruleId", "ruleIndex", "level", "message", "locations"], "additionalProperties": false,
                 "properties": {"ruleId": {"type": "string"}, "ruleIndex": {"type": "integer", "minimum": 0}, "level": {"enum": ["none", "note", "warning", "error"]},
                  "message": {"$ref": "#/$defs/message"},
                  "locations": {"type": "array", "items": {"type": "object", "required": ["physicalLocation"], "additionalProperties": false,
                   "properties": {"logicalLocations": {"type": "array", "items": {"type": "object", "properties": {"fullyQualifiedName": {"type": "string"}}}},
                    "physicalLocation": {"type": "object", "required": ["artifactLocation"], "additionalProperties": false,
                     "properties": {"artifactLocation": {"type": "object", "required": ["uri"], "properties": {"uri": {"type": "string", "format": "uri-reference"}}},
                      "region": {"type": "object", "required": ["startLine", "startColumn"], "additionalProperties": false,
                       "properties": {"startLine": {"type": "integer", "minimum": 1}, "startColumn": {"type": "integer", "minimum": 1}}}}}}}}}}}}}}},
             "$defs": {"message": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}, "markdown": {"type": "string"}}}}}
            """;

    @Test
    void all_that_broken_definitions_show_is_sarif() throws IOException {
        var files = new ArrayList<Checked>();
        for (var file : BrokenDefinitionsTest.broken().toList()) {
            files.add(new Checked(file.toString(), BrokenDefinitionsTest.load(file).problems()));
        }
        var log = Sarif.log("1.2.3", files);

        assertThat(
                        Loading.SCHEMAS.findings(
                                Json.readObject(SCHEMA), Json.readObject(Json.write(log))))
                .isEmpty();
        var results = list(run(log).get("results"));
        assertThat(results).hasSize(files.stream().mapToInt(file -> file.problems().size()).sum());
        var rules = list(rules(log));
        for (var result : results) {
            var index = ((Number) result.get("ruleIndex")).intValue();
            assertThat(rules.get(index).get("id")).isEqualTo(result.get("ruleId"));
        }
    }

    @Test
    void a_log_that_isnt_sarif_would_be_found() {
        var log = Json.readObject("{\"version\": \"2.0.0\", \"runs\": []}");
        assertThat(Loading.SCHEMAS.findings(Json.readObject(SCHEMA), log)).hasSizeGreaterThan(1);
    }

    @Test
    void a_problem_is_at_its_place_with_its_hint() {
        var problem =
                Problem.error("unknown-key", "/taks", "There is no key 'taks'.")
                        .at(3, 5)
                        .hinting("did you mean 'tasks'?");
        var result =
                list(run(Sarif.log("1", List.of(new Checked("a b/ü#1.json", List.of(problem)))))
                                .get("results"))
                        .getFirst();

        assertThat(Json.write(result))
                .contains("\"level\":\"error\"")
                .contains("\"uri\":\"a%20b/%C3%BC%231.json\"")
                .contains("\"startLine\":3", "\"startColumn\":5", "\"/taks\"")
                .contains("There is no key 'taks'. (did you mean 'tasks'?)");
    }

    @Test
    void a_file_without_problems_is_a_run_without_results() {
        assertThat(
                        list(
                                run(Sarif.log("1", List.of(new Checked("a.json", List.of()))))
                                        .get("results")))
                .isEmpty();
    }

    @Test
    void the_help_of_a_rule_says_all_and_names_its_section_of_the_page() {
        var problem = Problem.error("unknown-task", "/a", "There is no task 'a'.").at(1, 1);

        var rule =
                list(rules(Sarif.log("1", List.of(new Checked("a.json", List.of(problem))))))
                        .getFirst();

        assertThat(rule.get("help"))
                .isEqualTo(
                        Map.of(
                                "text",
                                "An expression, or a test (docs/spec/17-tests.md), names a task that there isn't. Mend the name."
                                        + " See docs/spec/02-problems.md#unknown-task.",
                                "markdown",
                                "An expression, or a [test](docs/spec/17-tests.md), names a task that there isn't. Mend the name."
                                        + " See [unknown-task](docs/spec/02-problems.md#unknown-task)."));
    }

    private static Map<?, ?> run(Map<String, @Nullable Object> log) {
        return list(log.get("runs")).getFirst();
    }

    private static @Nullable Object rules(Map<String, @Nullable Object> log) {
        return ((Map<?, ?>) ((Map<?, ?>) run(log).get("tool")).get("driver")).get("rules");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> list(@Nullable Object value) {
        return (List<Map<?, ?>>) java.util.Objects.requireNonNull(value);
    }
}
