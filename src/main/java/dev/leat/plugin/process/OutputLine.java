package dev.leat.plugin.process;

import dev.leat.task.LogKind;

/// A line that a child printed, without its end.
///
/// @param stream [LogKind#STDOUT] or [LogKind#STDERR]
/// @param text what was kept of it; bytes that are no UTF-8, and NUL, are replaced
/// @param bytes how long the line was
/// @param cut whether something was left out at its end
public record OutputLine(LogKind stream, String text, long bytes, boolean cut) {

    /// Something that Leat has to say between the child's own lines.
    static OutputLine note(String text) {
        return new OutputLine(LogKind.STDERR, "[leat: " + text + "]", 0, false);
    }

    /// The text for a log, with a mark where it was cut.
    public String marked() {
        return cut ? text + " … [cut here: the line has " + bytes + " bytes]" : text;
    }
}
