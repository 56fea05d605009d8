package dev.leat.dashboard;

import dev.leat.dashboard.Field.Kind;
import dev.leat.store.Json;
import dev.leat.task.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A form made from the JSON Schema of a workflow's inputs; reads what was typed and keeps it when
/// it can't be used.
///
/// @param problems those that belong to no field
record Form(List<Field> fields, List<String> problems) {

    Form {
        fields = List.copyOf(fields);
        problems = List.copyOf(problems);
    }

    /// With the schema's defaults, or with given values instead.
    static Form of(Map<String, @Nullable Object> schema, Map<String, @Nullable Object> given) {
        var required = schema.get("required") instanceof List<?> names ? names : List.of();
        var fields = new ArrayList<Field>();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach(
                    (key, value) -> {
                        var name = String.valueOf(key);
                        var property = value instanceof Map<?, ?> map ? map : Map.of();
                        var initial =
                                given.containsKey(name) ? given.get(name) : property.get("default");
                        fields.add(
                                field(name, property, required.contains(name))
                                        .typed(text(initial)));
                    });
        }
        return new Form(fields, List.of());
    }

    private static Field field(String name, Map<?, ?> schema, boolean required) {
        return new Field(
                name,
                string(schema, "title").isEmpty() ? name : string(schema, "title"),
                string(schema, "description"),
                kind(schema),
                required,
                "",
                Field.UTC,
                options(schema),
                number(schema, "minimum"),
                number(schema, "maximum"),
                string(schema, "pattern"),
                null);
    }

    private static Kind kind(Map<?, ?> schema) {
        if (schema.get("enum") instanceof List<?>) {
            return Kind.CHOICE;
        }
        return switch (string(schema, "type")) {
            case "integer" -> Kind.INTEGER;
            case "number" -> Kind.NUMBER;
            case "boolean" -> Kind.BOOLEAN;
            case "string" ->
                    switch (string(schema, "format")) {
                        case "date" -> Kind.DATE;
                        case "date-time" -> Kind.MOMENT;
                        default -> Kind.TEXT;
                    };
            default -> Kind.JSON;
        };
    }

    private static List<String> options(Map<?, ?> schema) {
        return schema.get("enum") instanceof List<?> values
                ? values.stream().map(Form::text).toList()
                : List.of();
    }

    private static String string(Map<?, ?> schema, String key) {
        return schema.get(key) instanceof String text ? text : "";
    }

    private static String number(Map<?, ?> schema, String key) {
        return schema.get(key) instanceof Number number ? text(number) : "";
    }

    /// As it stands in a control: text as it is, anything else as JSON.
    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            case Map<?, ?> map -> Json.writePretty(map);
            default -> Json.write(value);
        };
    }

    /// With what was typed.
    Form typed(Function<String, @Nullable String> controls) {
        return new Form(
                fields.stream()
                        .map(
                                field -> {
                                    var text = controls.apply(field.control());
                                    return field.typed(
                                            text == null ? "" : text.strip(),
                                            controls.apply(field.control() + ".zone"));
                                })
                        .toList(),
                problems);
    }

    /// The inputs as the schema wants them, for what can be read; the rest is among the problems.
    Reading read(Map<String, @Nullable Object> schema) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        var read = new ArrayList<Field>();
        for (var field : fields) {
            if (field.value().isEmpty() && field.kind() != Kind.BOOLEAN) {
                read.add(field.required() ? field.failing("Fill this in.") : field);
                continue;
            }
            try {
                values.put(field.name(), value(field, schema));
                read.add(field);
            } catch (IllegalArgumentException e) {
                read.add(field.failing(String.valueOf(e.getMessage())));
            }
        }
        return new Reading(new Form(read, problems), values);
    }

    private static @Nullable Object value(Field field, Map<String, @Nullable Object> schema) {
        var text = field.value();
        return switch (field.kind()) {
            case TEXT, DATE -> text;
            case BOOLEAN -> !text.isEmpty() && !text.equals("false");
            case MOMENT -> field.moment();
            case INTEGER -> integer(text);
            case NUMBER -> decimal(text);
            case CHOICE -> choice(field, schema);
            case JSON -> json(text);
        };
    }

    private static Long integer(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Give a whole number, such as 3.", e);
        }
    }

    private static Object decimal(String text) {
        try {
            return text.matches("-?\\d{1,18}") ? (Object) Long.valueOf(text) : Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Give a number, such as 3 or 2.5.", e);
        }
    }

    /// The schema's own value, which may be no text.
    private static @Nullable Object choice(Field field, Map<String, @Nullable Object> schema) {
        if (schema.get("properties") instanceof Map<?, ?> properties
                && properties.get(field.name()) instanceof Map<?, ?> property
                && property.get("enum") instanceof List<?> values) {
            for (var value : values) {
                if (text(value).equals(field.value())) {
                    return value;
                }
            }
        }
        throw new IllegalArgumentException(
                "Choose one of: " + String.join(", ", field.options()) + ".");
    }

    private static @Nullable Object json(String text) {
        try {
            return Json.read(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "This is no JSON value: "
                            + e.getMessage()
                            + ". Text needs quotation marks, such as \"abc\".",
                    e);
        }
    }

    /// With problems found elsewhere, each at its field where one is named by the pointer.
    Form with(List<Problem> found) {
        var marked = new ArrayList<>(fields);
        var others = new ArrayList<>(problems);
        for (var problem : found) {
            var name = problem.pointer().replaceFirst("^/inputs", "").replaceFirst("^/", "");
            var first = name.contains("/") ? name.substring(0, name.indexOf('/')) : name;
            var at = position(first.replace("~1", "/").replace("~0", "~"));
            if (at < 0) {
                others.add(problem.message());
            } else {
                marked.set(at, marked.get(at).failing(problem.message()));
            }
        }
        return new Form(marked, others);
    }

    private int position(String name) {
        for (int at = 0; at < fields.size(); at++) {
            if (fields.get(at).name().equals(name)) {
                return at;
            }
        }
        return -1;
    }

    public boolean failing() {
        return !problems.isEmpty() || fields.stream().anyMatch(field -> field.problem() != null);
    }

    /// @param values what could be read
    record Reading(Form form, Map<String, @Nullable Object> values) {}
}
