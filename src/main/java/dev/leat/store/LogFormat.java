package dev.leat.store;

import dev.leat.store.RunLogs.Line;
import dev.leat.task.LogKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A line as its file has it, so that `less` and `grep` can read it too:
/// `<number> <microseconds since 1970> <kind> <text>`, in UTF-8, with `\n`, `\r` and `\\` for line
/// feed, carriage return and backslash. Numbers grow within a file.
final class LogFormat {

    /// Of a longer line the middle is left out, and a mark says so. Programs' lines come with
    /// marks of their own, for which there is room.
    static final int LONGEST = 64 * 1024 + 200;

    private static final int KEPT_OF_EACH = 32 * 1024;

    private static final char ESCAPE = '\\';

    private LogFormat() {}

    /// The text's lines, each with a line feed. Line breaks within it make several lines, and of
    /// one that is longer than [#LONGEST] characters the middle is left out.
    static byte[] lines(String text) {
        if (text.indexOf('\n') < 0 && text.length() <= LONGEST) {
            return (text + '\n').getBytes(StandardCharsets.UTF_8);
        }
        var lines = new StringBuilder();
        int from = 0;
        while (from < text.length()) {
            int feed = text.indexOf('\n', from);
            int end = feed < 0 ? text.length() : feed;
            addCut(text, from, end, lines);
            lines.append('\n');
            from = end + 1;
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void addCut(String text, int from, int end, StringBuilder to) {
        if (end - from <= LONGEST) {
            to.append(text, from, end);
            return;
        }
        int head = from + KEPT_OF_EACH;
        if (Character.isHighSurrogate(text.charAt(head - 1))) {
            head--;
        }
        int tail = end - KEPT_OF_EACH;
        if (Character.isLowSurrogate(text.charAt(tail))) {
            tail++;
        }
        to.append(text, from, head);
        to.append(
                " … [%d of this line's %d characters left out] … "
                        .formatted(tail - head, end - from));
        to.append(text, tail, end);
    }

    /// Adds the line in these bytes, given without its line feed.
    static void encode(
            ByteArrayOutputStream to,
            long number,
            long micros,
            LogKind kind,
            byte[] bytes,
            int from,
            int end) {
        to.writeBytes(
                (number + " " + micros + " " + letter(kind) + " ")
                        .getBytes(StandardCharsets.ISO_8859_1));
        int last = withoutReturn(bytes, from, end);
        if (plain(bytes, from, last)) {
            to.write(bytes, from, last - from);
        } else {
            to.writeBytes(escaped(text(bytes, from, end)).getBytes(StandardCharsets.UTF_8));
        }
        to.write('\n');
    }

    /// The line in these bytes, as readers get it: what is no UTF-8 is replaced, and so is NUL,
    /// which databases and terminals don't take.
    static String text(byte[] bytes, int from, int end) {
        int last = withoutReturn(bytes, from, end);
        return new String(bytes, from, last - from, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    /// Windows programs end lines with both.
    private static int withoutReturn(byte[] bytes, int from, int end) {
        return end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    }

    /// Whether a file has it as it is.
    private static boolean plain(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            byte letter = bytes[at];
            if (letter <= 0 || letter == '\r' || letter == ESCAPE) {
                return false;
            }
        }
        return true;
    }

    static int lineFeeds(byte[] bytes, int from, int end) {
        int count = 0;
        for (int at = from; at < end; at++) {
            count += bytes[at] == '\n' ? 1 : 0;
        }
        return count;
    }

    /// Where the next line feed is; `end` where there is none.
    static int lineFeed(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /// Where the line starts that `at` lies in, not before `from`.
    static int startOfLine(byte[] bytes, int from, int at) {
        int start = at;
        while (start > from && bytes[start - 1] != '\n') {
            start--;
        }
        return start;
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

    private static String escaped(String text) {
        var line = new StringBuilder(text.length() + 16);
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            switch (letter) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case ESCAPE -> line.append("\\\\");
                default -> line.append(letter);
            }
        }
        return line.toString();
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
