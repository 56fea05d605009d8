package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leat.store.Json;
import dev.leat.task.Problem;
import dev.leat.task.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputsTest {

    private final Inputs inputs = new Inputs(Loading.SCHEMAS);

    @Test
    void defaults_are_filled_in_to_any_depth() {
        var workflow =
                workflow(
                        """
                        {"properties": {
                          "limit": {"type": "integer", "default": 10},
                          "mail": {"type": "object", "default": {},
                                   "properties": {"to": {"default": "bi@example.com"}, "cc": {"type": "string"}}},
                          "rows": {"type": "array", "items": {"$ref": "#/$defs/row"}}},
                         "$defs": {"row": {"properties": {"n": {"default": 1}}}}}
                        """);

        assertThat(inputs.accept(workflow, Map.of("rows", List.of(Map.of(), Map.of("n", 2L)))))
                .isEqualTo(
                        Json.readObject(
                                """
                                {"rows": [{"n": 1}, {"n": 2}], "limit": 10, "mail": {"to": "bi@example.com"}}
                                """));
    }

    @Test
    void a_schema_that_refers_to_itself_ends_somewhere() {
        var workflow =
                workflow("{\"properties\": {\"child\": {\"$ref\": \"#\", \"default\": {}}}}");

        assertThat(Json.write(inputs.accept(workflow, Map.of()))).hasSizeLessThan(1_000);
    }

    @Test
    void all_problems_are_told_at_once() {
        var workflow =
                workflow(
                        """
                        {"properties": {"day": {"type": "string", "format": "date"},
                                        "limit": {"type": "integer", "minimum": 1},
                                        "region": {"enum": ["eu", "us"]},
                                        "name": {"type": "string", "pattern": "^[a-z]+$"}},
                         "required": ["day"]}
                        """);

        assertThat(refused(workflow, "{'limt': 5, 'limit': 0, 'region': 'EU', 'name': 'X'}"))
                .containsExactlyInAnyOrder(
                        "error missing-input: Workflow 'hello' needs the input 'day'.",
                        "error unknown-input: Workflow 'hello' has no input 'limt'. (did you mean 'limit'?)",
                        "/limit error bad-input: 'limit' is 0; it must be at least 1.",
                        "/region error bad-input: 'region' is 'EU'; it must be 'eu' or 'us'. (did you mean 'eu'?)",
                        "/name error bad-input: 'name' is 'X', which doesn't match the pattern ^[a-z]+$.");
    }

    @Test
    void inputs_that_are_not_named_are_taken_where_the_schema_lets_them_in() {
        var open = workflow("{\"properties\": {\"day\": {}}, \"additionalProperties\": true}");

        assertThat(inputs.accept(open, Map.of("other", 1L))).containsEntry("other", 1L);
        assertThat(inputs.accept(workflow("{}"), Map.of("other", 1L))).containsEntry("other", 1L);
    }

    @Test
    void a_misspelt_input_is_not_told_as_missing_too() {
        var workflow = workflow("{\"properties\": {\"day\": {}}, \"required\": [\"day\"]}");

        assertThat(refused(workflow, "{'dya': 1}"))
                .containsExactly(
                        "error unknown-input: Workflow 'hello' has no input 'dya'. (did you mean 'day'?)");
    }

    @Test
    void of_several_forms_the_nearest_is_explained() {
        var workflow =
                workflow(
                        """
                        {"properties": {"to": {"anyOf": [{"type": "string"},
                                                         {"type": "array", "items": {"type": "string"}}]}}}
                        """);

        assertThat(refused(workflow, "{'to': 5}"))
                .containsExactly(
                        "/to error bad-input: 'to' must be text or a list, not the number 5.");
        assertThat(refused(workflow, "{'to': ['a', 5]}"))
                .containsExactly("/to/1 error bad-input: 'to[1]' must be text, not the number 5.");
    }

    @Test
    void each_item_is_held_against_the_forms_by_itself() {
        var workflow =
                workflow(
                        """
                        {"properties": {"rows": {"type": "array", "items": {"oneOf": [
                           {"properties": {"kind": {"const": "a"}, "n": {"type": "integer"}}, "required": ["kind"]},
                           {"properties": {"kind": {"const": "b"}, "s": {"type": "string"}}, "required": ["kind"]}]}}}}
                        """);

        assertThat(
                        refused(
                                workflow,
                                "{'rows': [{'kind': 'a', 'n': 'x'}, {'kind': 'b', 's': 'x'}, {'kind': 'b', 's': 5}, {'kind': 'c'}]}"))
                .containsExactly(
                        "/rows/0/n error bad-input: 'rows[0].n' must be a whole number, not text.",
                        "/rows/2/s error bad-input: 'rows[2].s' must be text, not the number 5.",
                        "/rows/3/kind error bad-input: 'rows[3].kind' is 'c'; it must be 'a' or 'b'.");
    }

    @Test
    void a_whole_number_may_be_written_with_a_fraction() {
        var workflow = workflow("{\"properties\": {\"n\": {\"type\": \"integer\"}}}");

        assertThat(inputs.accept(workflow, Map.of("n", 3.0))).isEqualTo(Map.of("n", 3.0));
    }

    @Test
    void without_a_schema_everything_goes() {
        var workflow = Loading.good("{'id': 'hello', 'tasks': []}");

        assertThat(inputs.accept(workflow, Map.of("anything", List.of(1L))))
                .isEqualTo(Map.of("anything", List.of(1L)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(a+)+$",
                "^(a|a)*$",
                "^(a|aa)+$",
                "^([a-z]+)*$",
                "(x+x+)+y",
                "^(([a-z])+.)+[A-Z]([a-z])+$",
                "^(.*)*$b"
            })
    void hostile_patterns_are_matched_in_linear_time(String pattern) {
        var workflow =
                workflow(
                        "{\"properties\": {\"text\": {\"type\": \"string\", \"pattern\": %s}}}"
                                .formatted(Json.write(pattern)));

        // Exponential matching of so many characters would outlast the machine.
        var refused = refused(workflow, "{'text': '" + "a".repeat(100_000) + "!'}");

        assertThat(refused).hasSizeLessThanOrEqualTo(1);
    }

    private static Workflow workflow(String schema) {
        var loaded =
                Loading.json(
                        "{\"id\": \"hello\", \"tasks\": [], \"inputs\": %s}".formatted(schema));
        assertThat(Loading.lines(loaded)).isEmpty();
        return Objects.requireNonNull(loaded.workflow());
    }

    private List<String> refused(Workflow workflow, String given) {
        var values = Json.readObject(given.replace('\'', '"'));
        var refusal =
                catchThrowableOfType(Refusal.Invalid.class, () -> inputs.accept(workflow, values));
        return refusal == null
                ? List.of()
                : refusal.problems().stream().map(Problem::toString).toList();
    }
}
