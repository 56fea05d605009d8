package dev.leat.engine.report;

import dev.leat.store.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The store's JSON columns as values.
final class Texts {

    private static final int LONGEST_SHOWN = 80;

    private Texts() {}

    static @Nullable Map<String, @Nullable Object> object(@Nullable String text) {
        return text == null ? null : Json.readObjectToShow(text);
    }

    static Map<String, @Nullable Object> objectOrEmpty(@Nullable String text) {
        return text == null || text.equals("{}") ? Map.of() : Json.readObjectToShow(text);
    }

    /// What somebody asked for, for an answer that it isn't there.
    static String shown(@Nullable String asked) {
        var text = String.valueOf(asked);
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    static Map<String, String> labels(@Nullable String text) {
        var labels = new LinkedHashMap<String, String>();
        objectOrEmpty(text).forEach((key, value) -> labels.put(key, String.valueOf(value)));
        return labels;
    }
}
