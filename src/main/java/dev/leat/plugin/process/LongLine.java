package dev.leat.plugin.process;

import dev.leat.task.LogKind;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// A line that comes in pieces. Where it gets longer than is kept, its beginning and its end stay:
/// what a program says last is often why it ended.
final class LongLine {

    /// Of a line that is cut, so much of its beginning, and of its end.
    private static final int KEPT_OF_EACH = Launch.LONGEST_LINE / 2;

    private final int longest;
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
    private final ByteArrayOutputStream beyond = new ByteArrayOutputStream();
    private long length;

    /// @param longest bytes that are kept whole
    LongLine(int longest) {
        this.longest = longest;
    }

    void add(byte[] bytes, int from, int to) {
        int fits = Math.clamp(longest - whole.size(), 0, to - from);
        whole.write(bytes, from, fits);
        beyond.write(bytes, from + fits, to - from - fits);
        length += to - from;
        if (beyond.size() > 4 * KEPT_OF_EACH) {
            var kept = last(beyond.toByteArray(), KEPT_OF_EACH);
            beyond.reset();
            beyond.writeBytes(kept);
        }
    }

    OutputLine end(LogKind stream) {
        var start = whole.toByteArray();
        if (length <= longest) {
            return OutputLine.whole(stream, start, 0, start.length);
        }
        var head = Arrays.copyOf(start, endOfLetter(start, KEPT_OF_EACH));
        whole.writeBytes(beyond.toByteArray());
        var tail = last(whole.toByteArray(), KEPT_OF_EACH);
        return OutputLine.cut(
                stream, head, Arrays.copyOfRange(tail, startOfLetter(tail), tail.length), length);
    }

    private static byte[] last(byte[] bytes, int count) {
        return bytes.length <= count
                ? bytes
                : Arrays.copyOfRange(bytes, bytes.length - count, bytes.length);
    }

    /// Letters of several bytes aren't torn apart.
    private static int endOfLetter(byte[] bytes, int from) {
        int at = from;
        while (at > from - 3 && continues(bytes[at])) {
            at--;
        }
        return continues(bytes[at]) ? from : at;
    }

    private static int startOfLetter(byte[] bytes) {
        int at = 0;
        while (at < 3 && continues(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean continues(byte letter) {
        return (letter & 0xC0) == 0x80;
    }
}
