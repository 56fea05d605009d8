package dev.leat.engine.simulation;

import dev.leat.store.Json;
import org.jspecify.annotations.Nullable;

/// One way in which something isn't as expected.
///
/// @param pointer to what was expected, in the test document
/// @param expected as JSON; null where the sentence says all
/// @param actual as JSON; null where the sentence says all
record Difference(
        String pointer,
        String message,
        @Nullable String expected,
        @Nullable String actual,
        @Nullable String hint) {

    private static final int LONGEST = 2_000;

    static Difference of(
            String pointer, String message, @Nullable Object expected, @Nullable Object actual) {
        return new Difference(pointer, message, shown(expected), shown(actual), null);
    }

    static Difference saying(String pointer, String sentence) {
        return new Difference(pointer, sentence, null, null, null);
    }

    Difference hinting(@Nullable String newHint) {
        return new Difference(pointer, message, expected, actual, newHint);
    }

    private static String shown(@Nullable Object value) {
        var json = Json.write(value);
        return json.length() <= LONGEST ? json : json.substring(0, LONGEST) + "…";
    }
}
