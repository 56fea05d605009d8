package dev.leat.engine.simulation;

import dev.leat.engine.VirtualRun.Call;
import dev.leat.store.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A test can't go on: an attempt came up that can't be performed without effects, and nobody said
/// what comes of it, or not of a task that there is.
final class MissingMock extends RuntimeException {

    private final transient Difference difference;

    MissingMock(Difference difference) {
        super(null, null, false, false);
        this.difference = difference;
    }

    static MissingMock of(Call call, String mocks) {
        var type = call.type().type();
        var skeleton = Map.of(call.id(), Map.of("output", example(type.output())));
        return new MissingMock(
                Difference.saying(
                                mocks,
                                "'%s' comes to its turn, and '%s' isn't performed in a test: 'mocks' must say what comes of it"
                                        .formatted(call.id(), call.spec().type()))
                        .hinting("such as \"mocks\": " + Json.write(skeleton)));
    }

    Difference difference() {
        return difference;
    }

    /// Something that looks like what the type gives.
    private static Object example(Map<?, ?> schema) {
        var value = value(schema, 0);
        return value == null ? "" : value;
    }

    private static @Nullable Object value(@Nullable Object schema, int depth) {
        if (!(schema instanceof Map<?, ?> map) || depth > 3) {
            return null;
        }
        var type =
                map.get("type") instanceof List<?> several ? several.getFirst() : map.get("type");
        if (map.get("properties") instanceof Map<?, ?> properties) {
            var object = new LinkedHashMap<String, @Nullable Object>();
            properties.forEach(
                    (name, property) ->
                            object.put(String.valueOf(name), value(property, depth + 1)));
            return object;
        }
        return switch (String.valueOf(type)) {
            case "string" -> "";
            case "integer", "number" -> 0L;
            case "boolean" -> true;
            case "array" -> List.of();
            case "object" -> Map.of();
            default -> null;
        };
    }
}
