package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputArgumentsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "string           | 3        | \"3\"",
                "string           | true     | \"true\"",
                "string           | @file    | \"@file\"",
                "integer          | 3        | 3",
                "integer          | 3.5      | \"3.5\"",
                "integer          | three    | \"three\"",
                "number           | 3.5      | 3.5",
                "number           | 3        | 3",
                "number           | NaN      | \"NaN\"",
                "boolean          | true     | true",
                "boolean          | yes      | \"yes\"",
                "array            | [1,2]    | [1,2]",
                "array            | 1,2      | \"1,2\"",
                "object           | {\"a\":1}| {\"a\":1}",
                "null             | null     | null",
            })
    void a_value_is_read_as_the_schema_says_and_stays_text_where_it_does_not_fit(
            String type, String given, String expected) {
        assertThat(Json.write(typed(Map.of("type", type), given))).isEqualTo(expected);
    }

    @Test
    void of_several_types_text_is_the_last_resort() {
        var schema = Map.<String, Object>of("type", Arrays.asList("string", "integer"));
        assertThat(typed(schema, "3")).isEqualTo(3L);
        assertThat(typed(schema, "three")).isEqualTo("three");
    }

    @Test
    void an_enum_without_a_type_takes_text() {
        assertThat(typed(Map.of("enum", List.of("1", "2")), "1")).isEqualTo("1");
    }

    @Test
    void where_the_schema_is_silent_json_is_json_and_the_rest_is_text() {
        assertThat(typed(Map.of(), "3")).isEqualTo(3L);
        assertThat(typed(Map.of(), "3 apples")).isEqualTo("3 apples");
        assertThat(InputArguments.typed(Map.of(), Map.of("x", "[]"))).containsEntry("x", List.of());
    }

    private static Object typed(Map<String, ?> property, String given) {
        var schema = Map.<String, Object>of("properties", Map.of("key", property));
        return InputArguments.typed(schema, Map.of("key", given)).get("key");
    }
}
