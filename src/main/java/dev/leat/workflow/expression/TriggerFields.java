package dev.leat.workflow.expression;

import dev.leat.store.RunState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `trigger` holds, which depends on the trigger's type.
final class TriggerFields {

    private static final Map<String, @Nullable Object> ANY = Map.of();
    private static final Map<String, @Nullable Object> TEXT = Shape.type("string");
    private static final Map<String, @Nullable Object> FLAG = Shape.type("boolean");
    private static final Map<String, @Nullable Object> MOMENT = Shape.type(Shape.TIMESTAMP);
    private static final Map<String, @Nullable Object> OBJECT = Shape.type("object");

    private static final Map<String, Map<String, @Nullable Object>> COMMON =
            Map.of("kind", TEXT, "id", TEXT, "firedAt", MOMENT);

    private static final Map<String, Map<String, @Nullable Object>> CLOCK =
            Map.of(
                    "scheduledAt", MOMENT,
                    "dueAt", MOMENT,
                    "catchUp", FLAG,
                    "backfill", FLAG);

    private static final Map<String, Map<String, @Nullable Object>> WEBHOOK =
            Map.of(
                    "headers", OBJECT,
                    "query", OBJECT,
                    "body", ANY,
                    "deliveryId", TEXT,
                    "receivedAt", MOMENT,
                    "bodySha256", TEXT,
                    "method", TEXT);

    private static final Map<String, Map<String, @Nullable Object>> WORKFLOW =
            Map.of(
                    "run",
                    Shape.closed(
                            Map.of(
                                    "id",
                                    TEXT,
                                    "workflow",
                                    TEXT,
                                    "state",
                                    words(
                                            Arrays.stream(RunState.values())
                                                    .map(RunState::name)
                                                    .toList()),
                                    "outputs",
                                    OBJECT,
                                    "labels",
                                    OBJECT,
                                    "inputs",
                                    OBJECT)));

    private static final Map<String, Map<String, @Nullable Object>> FILE =
            Map.of(
                    "path", TEXT,
                    "relativePath", TEXT,
                    "directory", TEXT,
                    "name", TEXT,
                    "size", Shape.type("integer"),
                    "modifiedAt", MOMENT,
                    "event", words(List.of("created", "changed")));

    private static final Map<String, @Nullable Object> OPEN = open();

    private TriggerFields() {}

    /// @param type null where it can be any; other fields than those known can then be there, too
    static Map<String, @Nullable Object> of(@Nullable String type) {
        return switch (type) {
            case "cron", "interval", "once" -> closed(CLOCK);
            case "webhook" -> closed(WEBHOOK);
            case "workflow" -> closed(WORKFLOW);
            case "file" -> closed(FILE);
            case null, default -> OPEN;
        };
    }

    private static Map<String, @Nullable Object> closed(
            Map<String, Map<String, @Nullable Object>> fields) {
        var all = new LinkedHashMap<>(COMMON);
        all.putAll(fields);
        return Shape.closed(all);
    }

    private static Map<String, @Nullable Object> open() {
        var all = new LinkedHashMap<>(COMMON);
        List.of(CLOCK, WEBHOOK, WORKFLOW, FILE).forEach(all::putAll);
        return Map.of("type", "object", "properties", all, "additionalProperties", true);
    }

    private static Map<String, @Nullable Object> words(List<String> words) {
        return Map.of("type", "string", "enum", words);
    }
}
