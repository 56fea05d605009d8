package dev.leat.engine;

import java.time.Duration;
import java.util.Locale;

/// Numbers as people read them.
final class Words {

    private Words() {}

    /// `350 ms`, `8 s`, `1.5 s`, `4 m 10 s`, `2 h 5 m`, `3 d 4 h`.
    static String duration(Duration duration) {
        if (duration.isNegative()) {
            return "−" + duration(duration.negated());
        }
        var millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return number(millis / 1_000.0) + " s";
        }
        if (duration.toHours() < 1) {
            return pair(duration.toMinutes(), "m", duration.toSecondsPart(), "s");
        }
        if (duration.toDays() < 1) {
            return pair(duration.toHours(), "h", duration.toMinutesPart(), "m");
        }
        return pair(duration.toDays(), "d", duration.toHoursPart(), "h");
    }

    /// At most one digit after the point, and none where it is 0.
    static String number(double value) {
        var text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
