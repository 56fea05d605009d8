package dev.leat.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.dashboard.Field.Kind;
import dev.leat.store.Json;
import dev.leat.task.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormTest {

    private static final Map<String, Object> SCHEMA =
            Json.readObject(
                    """
                    {"type": "object", "required": ["day"], "properties": {
                      "day": {"type": "string", "format": "date"},
                      "at": {"type": "string", "format": "date-time"},
                      "count": {"type": "integer", "default": 3, "minimum": 1},
                      "rate": {"type": "number"},
                      "mode": {"enum": ["full", 7]},
                      "mail": {"type": "boolean", "default": true},
                      "names": {"type": "array"}}}
                    """);

    @Test
    void each_kind_of_input_has_its_control_with_its_default() {
        var form = Form.of(SCHEMA, Map.of());

        assertThat(form.fields())
                .extracting(Field::kind)
                .containsExactly(
                        Kind.DATE,
                        Kind.MOMENT,
                        Kind.INTEGER,
                        Kind.NUMBER,
                        Kind.CHOICE,
                        Kind.BOOLEAN,
                        Kind.JSON);
        assertThat(form.fields()).extracting(Field::value).contains("3", "true");
    }

    @Test
    void what_was_typed_becomes_values_of_the_schemas_types() {
        var reading =
                typed(
                        Map.of(
                                "input.day", "2026-11-23",
                                "input.at", "2026-11-23T08:00",
                                "input.count", "12",
                                "input.rate", "1.5",
                                "input.mode", "7",
                                "input.mail", "true",
                                "input.names", "[\"a\"]"));

        assertThat(reading.form().failing()).isFalse();
        assertThat(reading.values())
                .containsEntry("day", "2026-11-23")
                .containsEntry("at", "2026-11-23T08:00:00Z")
                .containsEntry("count", 12L)
                .containsEntry("rate", 1.5)
                .containsEntry("mode", 7L)
                .containsEntry("mail", true)
                .containsEntry("names", List.of("a"));
    }

    @Test
    void what_is_left_empty_is_left_out_and_a_box_without_its_mark_is_false() {
        var reading = typed(Map.of("input.day", "2026-11-23"));

        assertThat(reading.values()).containsOnlyKeys("day", "mail").containsEntry("mail", false);
    }

    @Test
    void what_cannot_be_read_is_said_at_its_field_and_kept() {
        var reading = typed(Map.of("input.count", "many", "input.names", "[", "input.mode", "x"));

        assertThat(reading.form().fields())
                .filteredOn(field -> field.problem() != null)
                .extracting(Field::name)
                .containsExactly("day", "count", "mode", "names");
        assertThat(reading.form().fields()).extracting(Field::value).contains("many", "[");
    }

    @Test
    void a_problem_found_later_stands_at_the_field_that_its_pointer_names() {
        var form =
                Form.of(SCHEMA, Map.of())
                        .with(
                                List.of(
                                        Problem.error("x", "/names/0", "Not that one."),
                                        Problem.error("y", "", "Not like this.")));

        assertThat(form.fields().getLast().problem()).isEqualTo("Not that one.");
        assertThat(form.problems()).containsExactly("Not like this.");
    }

    private static Form.Reading typed(Map<String, String> controls) {
        return Form.of(SCHEMA, Map.of()).typed(controls::get).read(SCHEMA);
    }
}
