package dev.leat.api;

import dev.leat.store.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/// Stored columns as answers show them.
final class Views {

    private static final int LONGEST_ECHO = 80;

    private Views() {}

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static Map<String, String> labels(String json) {
        var labels = new LinkedHashMap<String, String>();
        Json.readObjectToShow(json).forEach((key, value) -> labels.put(key, String.valueOf(value)));
        return labels;
    }

    /// What was asked for, short enough for a sentence.
    static String shown(String asked) {
        return asked.length() <= LONGEST_ECHO ? asked : asked.substring(0, LONGEST_ECHO) + "…";
    }
}
