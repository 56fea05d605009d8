package dev.leat.dashboard;

import dev.leat.plugin.TaskType;
import dev.leat.store.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns a JSON Schema into the rows of a table, and into an example.
final class Parameters {

    private static final int MOST_ROWS = 80;
    private static final int DEEPEST = 3;

    private final List<Row> rows = new ArrayList<>();

    private Parameters() {}

    /// One for each property, those of objects below their own.
    static List<Row> rows(Map<?, ?> schema) {
        var parameters = new Parameters();
        parameters.add("", schema, 0);
        return parameters.rows;
    }

    private void add(String prefix, Map<?, ?> schema, int depth) {
        var required = schema.get("required") instanceof List<?> names ? names : List.of();
        if (!(schema.get("properties") instanceof Map<?, ?> properties) || depth >= DEEPEST) {
            return;
        }
        properties.forEach(
                (name, value) -> {
                    var property = value instanceof Map<?, ?> map ? map : Map.of();
                    if (rows.size() < MOST_ROWS) {
                        rows.add(row(prefix + name, property, required.contains(name)));
                        add(prefix + name + ".", property, depth + 1);
                    }
                });
    }

    private static Row row(String name, Map<?, ?> schema, boolean required) {
        return new Row(
                name,
                type(schema),
                required,
                schema.containsKey("default") ? Json.write(schema.get("default")) : "",
                schema.get("description") instanceof String text ? text : "",
                !Boolean.TRUE.equals(schema.get("x-literal")),
                choices(schema));
    }

    private static String type(Map<?, ?> schema) {
        return switch (schema.get("type")) {
            case String type when schema.get("format") instanceof String format ->
                    type + ", " + format;
            case String type -> type;
            case List<?> types ->
                    types.stream().map(String::valueOf).collect(Collectors.joining(" or "));
            case null, default -> schema.get("enum") instanceof List<?> ? "choice" : "any";
        };
    }

    private static String choices(Map<?, ?> schema) {
        return schema.get("enum") instanceof List<?> values
                ? values.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : "";
    }

    /// The shortest task of this type, as it stands in a workflow.
    static String example(TaskType type) {
        var task = new LinkedHashMap<String, @Nullable Object>();
        task.put("id", type.name().replaceAll("[^A-Za-z0-9_]", "_"));
        task.put("type", type.name());
        var with = values(type.parameters());
        if (!with.isEmpty()) {
            task.put("with", with);
        }
        return Json.writePretty(task);
    }

    private static Map<String, @Nullable Object> values(Map<?, ?> schema) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        var required = schema.get("required") instanceof List<?> names ? names : List.of();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach(
                    (name, value) -> {
                        if (required.contains(name) && value instanceof Map<?, ?> property) {
                            values.put(String.valueOf(name), value(property));
                        }
                    });
        }
        return values;
    }

    private static @Nullable Object value(Map<?, ?> schema) {
        if (schema.get("examples") instanceof List<?> examples && !examples.isEmpty()) {
            return examples.getFirst();
        }
        if (schema.containsKey("default")) {
            return schema.get("default");
        }
        if (schema.get("enum") instanceof List<?> choices && !choices.isEmpty()) {
            return choices.getFirst();
        }
        return switch (String.valueOf(schema.get("type"))) {
            case "integer", "number" -> 1L;
            case "boolean" -> true;
            case "array" -> List.of();
            case "object" -> values(schema);
            default -> "…";
        };
    }

    /// @param fallback the default as JSON; empty for none
    /// @param expressions whether `${ … }` may stand in it
    record Row(
            String name,
            String type,
            boolean required,
            String fallback,
            String description,
            boolean expressions,
            String choices) {}
}
