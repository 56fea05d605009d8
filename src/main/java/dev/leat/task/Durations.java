package dev.leat.task;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Durations as people write them: `500ms`, `30s`, `5m`, `1h30m`, `2d`, or ISO-8601's `PT30S`.
public final class Durations {

    /// Beyond this, a duration is a slip of the pen, and adding it to a moment may not end in one.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Pattern SHORT =
            Pattern.compile(
                    "(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,12})ms)?");

    private Durations() {}

    /// @throws IllegalArgumentException with a sentence that says what is wrong and what would be
    ///     right
    public static Duration parse(String text) {
        var trimmed = text.strip();
        if (trimmed.isEmpty()) {
            throw refused("A duration is empty; write one such as 30s, 5m or 1h30m.");
        }
        if (trimmed.chars().allMatch(Durations::isPartOfNumber)) {
            throw refused(
                    "The duration '%s' has no unit; write %ss, %sm or %sh.",
                    trimmed, trimmed, trimmed, trimmed);
        }
        if (trimmed.startsWith("-")) {
            throw refused("The duration '%s' is negative.", trimmed);
        }
        var duration = isIso(trimmed) ? iso(trimmed) : shortForm(trimmed);
        if (duration.compareTo(LONGEST) > 0) {
            throw refused(
                    "The duration '%s' is longer than 36500d, the longest there is.", trimmed);
        }
        return duration;
    }

    /// The short form that [#parse] reads, such as `1h30m`; `0s` for nothing. Parts below a
    /// millisecond are left out.
    public static String text(Duration duration) {
        var text = new StringBuilder();
        append(text, duration.toDays(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static boolean isPartOfNumber(int character) {
        return character >= '0' && character <= '9' || character == '.' || character == '-';
    }

    private static boolean isIso(String text) {
        return text.charAt(0) == 'P' || text.charAt(0) == 'p';
    }

    private static Duration iso(String text) {
        Duration duration;
        try {
            duration = Duration.parse(text.toUpperCase(Locale.ROOT));
        } catch (DateTimeException | ArithmeticException e) {
            throw unreadable(text);
        }
        if (duration.isNegative()) {
            throw refused("The duration '%s' is negative.", text);
        }
        return duration;
    }

    private static Duration shortForm(String text) {
        var parts = SHORT.matcher(text);
        if (!parts.matches()) {
            throw unreadable(text);
        }
        return Duration.ofDays(number(parts.group(1)))
                .plusHours(number(parts.group(2)))
                .plusMinutes(number(parts.group(3)))
                .plusSeconds(number(parts.group(4)))
                .plusMillis(number(parts.group(5)));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }

    private static IllegalArgumentException unreadable(String text) {
        var shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return refused(
                "'%s' is no duration; write one such as 500ms, 30s, 5m, 1h30m, 2d or PT30S.",
                shown);
    }

    private static IllegalArgumentException refused(String sentence, Object... facts) {
        return new IllegalArgumentException(sentence.formatted(facts));
    }
}
