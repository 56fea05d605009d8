package dev.leat.cli;

import dev.leat.store.TaskState;
import java.util.Locale;

/// The one visual language for states and times.
final class Words {

    private Words() {}

    /// `upstream failed`.
    static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String symbol(TaskState state, boolean symbols) {
        return symbols ? unicode(state) : ascii(state);
    }

    private static String unicode(TaskState state) {
        return switch (state) {
            case PENDING -> "○";
            case READY -> "◌";
            case RUNNING -> "●";
            case RETRYING -> "↻";
            case WAITING -> "◔";
            case SUCCESS -> "✓";
            case FAILED, TIMED_OUT -> "✗";
            case SKIPPED -> "–";
            case UPSTREAM_FAILED -> "↯";
            case CANCELLED -> "■";
            case UNKNOWN -> "?";
        };
    }

    private static String ascii(TaskState state) {
        return switch (state) {
            case PENDING, READY -> ".";
            case RUNNING -> ">";
            case RETRYING, WAITING -> "~";
            case SUCCESS -> "+";
            case FAILED, TIMED_OUT -> "x";
            case SKIPPED -> "-";
            case UPSTREAM_FAILED -> "^";
            case CANCELLED -> "#";
            case UNKNOWN -> "?";
        };
    }

    /// The number of an ANSI colour.
    static int colour(TaskState state) {
        return switch (state) {
            case PENDING, READY, SKIPPED -> 90;
            case RUNNING -> 36;
            case RETRYING, WAITING -> 33;
            case SUCCESS -> 32;
            case FAILED, TIMED_OUT, UPSTREAM_FAILED, UNKNOWN -> 31;
            case CANCELLED -> 35;
        };
    }

    /// `12 ms`, `3.4 s`, `2 m 05 s`, `1 h 02 m`.
    static String duration(long millis) {
        if (millis < 1_000) {
            return Math.max(0, millis) + " ms";
        }
        long seconds = millis / 1_000;
        if (seconds < 60) {
            return "%d.%d s".formatted(seconds, millis % 1_000 / 100);
        }
        return seconds < 3_600
                ? "%d m %02d s".formatted(seconds / 60, seconds % 60)
                : "%d h %02d m".formatted(seconds / 3_600, seconds / 60 % 60);
    }
}
