package dev.leat.workflow.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is known of a value before it is evaluated, as a JSON Schema: empty where it can be
/// anything.
final class Inferred {

    private static final Map<String, @Nullable Object> ANY = Map.of();
    private static final Map<String, @Nullable Object> TEXT = Shape.type("string");
    private static final Map<String, @Nullable Object> FLAG = Shape.type("boolean");
    private static final Map<String, @Nullable Object> WHOLE = Shape.type("integer");
    private static final Map<String, @Nullable Object> NUMBER = Shape.type("number");
    private static final Map<String, @Nullable Object> OBJECT = Shape.type("object");
    private static final Map<String, @Nullable Object> LIST = Shape.type("array");

    private Inferred() {}

    /// @param shape of the path that the expression is; null where it is more than a path
    static Map<String, @Nullable Object> of(@Nullable Shape shape, CelType type) {
        if (shape == null) {
            return of(type);
        }
        return Shape.TIMESTAMP.equals(shape.schema().get("type")) ? TEXT : shape.schema();
    }

    /// Moments, durations and bytes leave an expression as texts.
    private static Map<String, @Nullable Object> of(CelType type) {
        return switch (type.kind()) {
            case STRING, TIMESTAMP, DURATION, BYTES -> TEXT;
            case BOOL -> FLAG;
            case INT, UINT -> WHOLE;
            case DOUBLE -> NUMBER;
            case MAP -> OBJECT;
            case LIST -> type instanceof ListType list ? listOf(of(list.elemType())) : LIST;
            default -> ANY;
        };
    }

    static Map<String, @Nullable Object> of(Part part) {
        return switch (part) {
            case Part.Constant(var value) -> ofValue(value);
            case Part.Computed computed -> computed.type();
            case Part.Mixed _ -> TEXT;
            case Part.Condition _ -> FLAG;
            case Part.Broken _ -> ANY;
            case Part.Items(var parts) -> listOf(common(parts.stream().map(Inferred::of).toList()));
            case Part.Entries(var parts) -> {
                var fields = new LinkedHashMap<String, Map<String, @Nullable Object>>();
                parts.forEach((name, field) -> fields.put(name, of(field)));
                yield Shape.closed(fields);
            }
        };
    }

    private static Map<String, @Nullable Object> ofValue(@Nullable Object value) {
        return switch (value) {
            case String _ -> TEXT;
            case Boolean _ -> FLAG;
            case Long _, Integer _ -> WHOLE;
            case Number _ -> NUMBER;
            case List<?> list -> listOf(common(list.stream().map(Inferred::ofValue).toList()));
            case Map<?, ?> map -> {
                var fields = new LinkedHashMap<String, Map<String, @Nullable Object>>();
                map.forEach((name, field) -> fields.put(String.valueOf(name), ofValue(field)));
                yield Shape.closed(fields);
            }
            case null, default -> ANY;
        };
    }

    private static Map<String, @Nullable Object> listOf(Map<String, @Nullable Object> elements) {
        return elements.isEmpty() ? LIST : Map.of("type", "array", "items", elements);
    }

    /// What holds for all of them.
    private static Map<String, @Nullable Object> common(List<Map<String, @Nullable Object>> types) {
        if (types.isEmpty()) {
            return ANY;
        }
        var first = types.getFirst();
        if (types.stream().allMatch(first::equals)) {
            return first;
        }
        var kind = first.get("type");
        var same = types.stream().allMatch(type -> Objects.equals(type.get("type"), kind));
        return same && kind instanceof String name ? Shape.type(name) : ANY;
    }
}
