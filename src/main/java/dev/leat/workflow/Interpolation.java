package dev.leat.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a text holds `${ … }`. A `$${` is the way to write the two characters themselves.
final class Interpolation {

    private static final String BEGIN = "${";
    private static final String ESCAPED = "$${";

    private Interpolation() {}

    /// Where the first expression begins, or -1.
    static int first(String text) {
        return next(text, 0);
    }

    private static int next(String text, int from) {
        for (int at = text.indexOf('$', from); at >= 0; at = text.indexOf('$', at + 1)) {
            if (text.startsWith(ESCAPED, at)) {
                at += ESCAPED.length() - 1;
            } else if (text.startsWith(BEGIN, at)) {
                return at;
            }
        }
        return -1;
    }

    /// Whether any string in a value holds an expression.
    static boolean within(@Nullable Object value) {
        return switch (value) {
            case String text -> first(text) >= 0;
            case Map<?, ?> map -> map.values().stream().anyMatch(Interpolation::within);
            case List<?> list -> list.stream().anyMatch(Interpolation::within);
            case null, default -> false;
        };
    }

    /// The same value as plain text: nothing in it is an expression any more.
    static @Nullable Object disarmed(@Nullable Object value) {
        return switch (value) {
            case String text -> disarmedText(text);
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, item) -> copy.put(String.valueOf(key), disarmed(item)));
                yield copy;
            }
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>();
                list.forEach(item -> copy.add(disarmed(item)));
                yield copy;
            }
            case null, default -> value;
        };
    }

    private static String disarmedText(String text) {
        var disarmed = new StringBuilder();
        var from = 0;
        for (int at = first(text); at >= 0; at = next(text, from)) {
            disarmed.append(text, from, at).append(ESCAPED);
            from = at + BEGIN.length();
        }
        return disarmed.append(text, from, text.length()).toString();
    }
}
