package dev.leat.store;

import dev.leat.store.RunLogs.Line;
import dev.leat.task.LogKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line as its file has it, so that `less` and `grep` can read it too:
/// `<number> <microseconds since 1970> <kind> <text>`, in UTF-8, with `\n`, `\r` and `\\` for line
/// feed, carriage return and backslash. Numbers grow within a file.
final class LogFormat {

    /// A longer line is cut, and says so.
    static final int LONGEST = 64 * 1024;

    private static final char ESCAPE = '\\';

    private LogFormat() {}

    /// What is one line each: the text at its line breaks, each part cut to [#LONGEST] characters.
    static List<String> lines(String text) {
        if (text.indexOf('\n') < 0 && text.length() <= LONGEST) {
            return List.of(withoutReturn(text));
        }
        var lines = new ArrayList<String>();
        int from = 0;
        while (from <= text.length()) {
            int end = text.indexOf('\n', from);
            if (end < 0) {
                end = text.length();
                if (from == end && from > 0) {
                    break;
                }
            }
            lines.add(cut(text, from, end));
            from = end + 1;
        }
        return lines;
    }

    private static String cut(String text, int from, int end) {
        if (end - from <= LONGEST) {
            return withoutReturn(text.substring(from, end));
        }
        var upTo = from + LONGEST;
        if (Character.isHighSurrogate(text.charAt(upTo - 1))) {
            upTo--;
        }
        return text.substring(from, upTo) + " … (%d characters left out)".formatted(end - upTo);
    }

    /// Windows programs end lines with both.
    private static String withoutReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    static byte[] encode(long number, long micros, LogKind kind, String text) {
        var line = new StringBuilder(text.length() + 40);
        line.append(number).append(' ').append(micros).append(' ').append(letter(kind)).append(' ');
        escape(text, line);
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The line in these bytes, without its line feed; null where it is none.
    static @Nullable Line decode(byte[] bytes, int from, int end, String task, int attempt) {
        var number = number(bytes, from, end);
        int second = space(bytes, from, end) + 1;
        int third = space(bytes, second, end) + 1;
        if (number < 0
                || second == 0
                || third == 0
                || third + 1 >= end
                || bytes[third + 1] != ' ') {
            return null;
        }
        var micros = number(bytes, second, end);
        var kind = kind((char) bytes[third]);
        if (micros < 0 || kind == null) {
            return null;
        }
        var text = new String(bytes, third + 2, end - third - 2, StandardCharsets.UTF_8);
        return new Line(number, Micros.instant(micros), task, attempt, kind, unescape(text));
    }

    /// The number that ends at the first space, or -1.
    static long number(byte[] bytes, int from, int end) {
        long number = 0;
        for (int at = from; at < end; at++) {
            if (bytes[at] == ' ' && at > from) {
                return number;
            }
            if (bytes[at] < '0' || bytes[at] > '9' || at - from > 17) {
                return -1;
            }
            number = number * 10 + bytes[at] - '0';
        }
        return -1;
    }

    private static int space(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            if (bytes[at] == ' ') {
                return at;
            }
        }
        return -1;
    }

    private static void escape(String text, StringBuilder line) {
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            switch (letter) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case ESCAPE -> line.append("\\\\");
                default -> line.append(letter);
            }
        }
    }

    private static String unescape(String text) {
        if (text.indexOf(ESCAPE) < 0) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter != ESCAPE || at + 1 == text.length()) {
                plain.append(letter);
                continue;
            }
            char next = text.charAt(++at);
            plain.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
        }
        return plain.toString();
    }

    private static char letter(LogKind kind) {
        return switch (kind) {
            case DEBUG -> 'D';
            case INFO -> 'I';
            case WARN -> 'W';
            case ERROR -> 'E';
            case STDOUT -> 'o';
            case STDERR -> 'e';
        };
    }

    private static @Nullable LogKind kind(char letter) {
        return switch (letter) {
            case 'D' -> LogKind.DEBUG;
            case 'I' -> LogKind.INFO;
            case 'W' -> LogKind.WARN;
            case 'E' -> LogKind.ERROR;
            case 'o' -> LogKind.STDOUT;
            case 'e' -> LogKind.STDERR;
            default -> null;
        };
    }
}
