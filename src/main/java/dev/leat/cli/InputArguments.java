package dev.leat.cli;

import dev.leat.store.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `key=value` as the workflow's input schema wants the key. What doesn't fit stays text, so
/// that the schema refuses it with its own words.
final class InputArguments {

    private InputArguments() {}

    static Map<String, @Nullable Object> typed(
            Map<String, @Nullable Object> schema, Map<String, String> given) {
        var properties = schema.get("properties") instanceof Map<?, ?> map ? map : Map.of();
        var typed = new LinkedHashMap<String, @Nullable Object>();
        given.forEach((key, text) -> typed.put(key, value(properties.get(key), text)));
        return typed;
    }

    private static @Nullable Object value(@Nullable Object property, String text) {
        var types = types(property);
        if (types.isEmpty()) {
            return untyped(text);
        }
        for (var type : types) {
            var value = as(type, text);
            if (value != NO_FIT) {
                return value;
            }
        }
        return text;
    }

    private static final Object NO_FIT = new Object();

    /// The types in the schema's order, but text last: it fits everything.
    private static List<String> types(@Nullable Object property) {
        if (!(property instanceof Map<?, ?> schema)) {
            return List.of();
        }
        return switch (schema.get("type")) {
            case String type -> List.of(type);
            case List<?> several ->
                    several.stream()
                            .map(String::valueOf)
                            .sorted((a, b) -> Boolean.compare(isText(a), isText(b)))
                            .toList();
            case null, default -> schema.get("enum") == null ? List.of() : List.of("string");
        };
    }

    private static boolean isText(String type) {
        return type.equals("string");
    }

    private static @Nullable Object as(String type, String text) {
        return switch (type) {
            case "string" -> text;
            case "integer" -> json(text) instanceof Long number ? number : NO_FIT;
            case "number" -> json(text) instanceof Number number ? number : NO_FIT;
            case "boolean" -> json(text) instanceof Boolean flag ? flag : NO_FIT;
            case "array" -> json(text) instanceof List<?> list ? list : NO_FIT;
            case "object" -> json(text) instanceof Map<?, ?> map ? map : NO_FIT;
            case "null" -> text.equals("null") ? null : NO_FIT;
            default -> NO_FIT;
        };
    }

    /// Where the schema is silent, JSON is JSON and everything else is text.
    private static @Nullable Object untyped(String text) {
        var value = json(text);
        return value == NO_FIT ? text : value;
    }

    private static @Nullable Object json(String text) {
        try {
            return Json.read(text);
        } catch (IllegalArgumentException _) {
            return NO_FIT;
        }
    }
}
