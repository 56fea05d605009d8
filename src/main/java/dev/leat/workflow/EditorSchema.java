package dev.leat.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A task type's schema as editors need it: wherever a value may stand, an expression for it may
/// stand
/// too, except in what is literal; and its references lead to where it is put.
final class EditorSchema {

    private static final Set<String> MAPS_OF_SCHEMAS =
            Set.of("properties", "patternProperties", "dependentSchemas", "$defs", "definitions");
    private static final Set<String> MAPS_OF_VALUES = Set.of("properties", "patternProperties");
    private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> SCHEMAS =
            Set.of("additionalProperties", "items", "contains", "not", "if", "then", "else");
    private static final Set<String> VALUES = Set.of("additionalProperties", "items");

    private final String place;

    /// @param place the reference under which it is put
    EditorSchema(String place) {
        this.place = place;
    }

    Map<String, @Nullable Object> of(Map<?, ?> schema) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        schema.forEach(
                (key, value) -> copy.put(String.valueOf(key), keyword(String.valueOf(key), value)));
        return copy;
    }

    private @Nullable Object keyword(String key, @Nullable Object value) {
        if (key.equals("$ref") && value instanceof String reference && reference.startsWith("#")) {
            return place + reference.substring(1);
        }
        if (MAPS_OF_SCHEMAS.contains(key) && value instanceof Map<?, ?> map) {
            var copy = new LinkedHashMap<String, @Nullable Object>();
            map.forEach(
                    (name, item) ->
                            copy.put(
                                    String.valueOf(name),
                                    schema(item, MAPS_OF_VALUES.contains(key))));
            return copy;
        }
        if (LISTS.contains(key) && value instanceof List<?> list) {
            var copy = new ArrayList<@Nullable Object>();
            list.forEach(item -> copy.add(schema(item, key.equals("prefixItems"))));
            return copy;
        }
        return SCHEMAS.contains(key) ? schema(value, VALUES.contains(key)) : value;
    }

    /// @param value whether a value of its own is meant, and not another look at the same one
    private @Nullable Object schema(@Nullable Object schema, boolean value) {
        if (!(schema instanceof Map<?, ?> map)) {
            return schema;
        }
        var here = of(map);
        if (!value
                || here.isEmpty()
                || Boolean.TRUE.equals(map.get("x-literal"))
                || takesAnyText(map)) {
            return here;
        }
        var expression =
                SchemaWriter.with(SchemaWriter.object("type", "string"), "pattern", "\\$\\{");
        var either = SchemaWriter.object("anyOf", List.of(here, expression));
        for (var shown : List.of("description", "default", "examples")) {
            if (map.containsKey(shown)) {
                either.put(shown, map.get(shown));
            }
        }
        return either;
    }

    private static boolean takesAnyText(Map<?, ?> schema) {
        return "string".equals(schema.get("type"))
                && !schema.containsKey("enum")
                && !schema.containsKey("pattern")
                && !schema.containsKey("format")
                && !schema.containsKey("const")
                && !schema.containsKey("maxLength");
    }
}
