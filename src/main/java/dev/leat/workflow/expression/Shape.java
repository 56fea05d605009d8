package dev.leat.workflow.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a JSON Schema says of the value at a path. Schemas that combine others say nothing here:
/// such a value can be anything.
///
/// @param path as an expression writes it
/// @param code of the problem where a name below it is unknown
record Shape(Map<String, @Nullable Object> schema, String path, String code) {

    static final String TIMESTAMP = "timestamp";

    private static final Set<String> COMBINING =
            Set.of(
                    "$ref",
                    "$dynamicRef",
                    "allOf",
                    "anyOf",
                    "oneOf",
                    "if",
                    "not",
                    "patternProperties");

    /// The shape of a value with exactly these fields.
    static Map<String, @Nullable Object> closed(Map<String, Map<String, @Nullable Object>> fields) {
        return Map.of("type", "object", "properties", fields, "additionalProperties", false);
    }

    static Map<String, @Nullable Object> type(String name) {
        return Map.of("type", name);
    }

    private boolean isPlain() {
        return schema.keySet().stream().noneMatch(COMBINING::contains);
    }

    /// The variable that stands for it when types are checked, see [Language#STAND_INS].
    String standIn() {
        if (!isPlain() || !(schema.get("type") instanceof String type)) {
            return "@dyn";
        }
        return switch (type) {
            case "string" -> "@string";
            case "boolean" -> "@bool";
            case "integer" -> "@int";
            case "number" -> "@double";
            case "object" -> "@map";
            case TIMESTAMP -> "@timestamp";
            case "array" -> listStandIn();
            default -> "@dyn";
        };
    }

    private String listStandIn() {
        var element = elements().standIn();
        var known = "@list_" + element.substring(1);
        return Language.STAND_INS.containsKey(known) ? known : "@list";
    }

    /// Whether it is a value that has no fields, such as a text or a list.
    boolean isSimple() {
        return !standIn().equals("@dyn") && !standIn().equals("@map");
    }

    /// The texts that it can be; null where it can be any.
    @Nullable List<String> words() {
        return isPlain() && "string".equals(schema.get("type"))
                ? Constants.words(schema.get("enum"))
                : null;
    }

    Shape elements() {
        return of(isPlain() ? schema.get("items") : null, path + "[…]");
    }

    /// Names that it is known to have.
    Collection<String> names() {
        var names = new ArrayList<String>();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.keySet().forEach(name -> names.add(String.valueOf(name)));
        }
        return names;
    }

    /// Whether a name below it can't be.
    boolean refuses(String name) {
        if (!isPlain() || !(schema.get("properties") instanceof Map<?, ?> properties)) {
            return false;
        }
        var others = schema.get("additionalProperties");
        return !properties.containsKey(name) && (others == null || Boolean.FALSE.equals(others));
    }

    Shape field(String name) {
        var below = path + "." + name;
        var found =
                of(
                        isPlain() && schema.get("properties") instanceof Map<?, ?> properties
                                ? properties.get(name)
                                : null,
                        below);
        return isTask() && name.equals("output")
                ? new Shape(found.schema(), below, "unknown-output-field")
                : found;
    }

    private boolean isTask() {
        return path.startsWith("tasks.") && path.indexOf('.', "tasks.".length()) < 0;
    }

    @SuppressWarnings("unchecked")
    private Shape of(@Nullable Object schemaBelow, String pathBelow) {
        var known =
                schemaBelow instanceof Map<?, ?> map
                        ? (Map<String, @Nullable Object>) map
                        : Map.<String, @Nullable Object>of();
        var codeBelow = code.equals("unknown-output-field") ? code : "unknown-field";
        return new Shape(known, pathBelow, codeBelow);
    }
}
