package dev.leat.plugin.process;

import dev.leat.task.LogKind;
import java.nio.charset.StandardCharsets;

/// A line that a child printed, without its end.
///
/// @param stream [LogKind#STDOUT] or [LogKind#STDERR]
/// @param text what was kept of it, with a mark where its middle was left out; bytes that are no
///     UTF-8, and NUL, are replaced
/// @param bytes how long the line was
/// @param cut whether something was left out
public record OutputLine(LogKind stream, String text, long bytes, boolean cut) {

    /// Something that Leat has to say between the child's own lines.
    static OutputLine note(String text) {
        return new OutputLine(LogKind.STDERR, "[leat: " + text + "]", 0, false);
    }

    /// The line in these bytes. Some programs end lines with a carriage return, too.
    public static OutputLine whole(LogKind stream, byte[] bytes, int from, int to) {
        int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        return new OutputLine(stream, text(bytes, from, end), end - from, false);
    }

    /// A line of which only the beginning and the end are known.
    static OutputLine cut(LogKind stream, byte[] head, byte[] tail, long bytes) {
        var left = bytes - head.length - tail.length;
        var text =
                text(head, 0, head.length)
                        + " … [%d of this line's %d bytes left out] … ".formatted(left, bytes)
                        + text(tail, 0, tail.length);
        return new OutputLine(stream, text, bytes, true);
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }
}
