package dev.leat.engine;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What expressions see as `trigger`. It is stored as JSON, where moments are text.
public final class TriggerFacts {

    private static final Set<String> MOMENTS =
            Set.of("scheduledAt", "dueAt", "firedAt", "modifiedAt", "receivedAt");

    private TriggerFacts() {}

    /// @param kind `cron`, `api`, …
    /// @param stored as JSON has them
    public static Map<String, @Nullable Object> seen(
            String kind, Map<String, @Nullable Object> stored) {
        var seen = new LinkedHashMap<>(stored);
        seen.put("kind", kind);
        seen.replaceAll((name, value) -> MOMENTS.contains(name) ? moment(value) : value);
        return seen;
    }

    private static @Nullable Object moment(@Nullable Object value) {
        try {
            return value instanceof String text ? Instant.parse(text) : value;
        } catch (DateTimeException _) {
            return value;
        }
    }
}
