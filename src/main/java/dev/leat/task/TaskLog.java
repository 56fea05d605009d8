package dev.leat.task;

import java.nio.charset.StandardCharsets;

/// Where an attempt writes its lines. They are shown live and kept with the run; past the size
/// limit the middle is cut out with a mark, and the end is always kept. Text with line breaks
/// becomes several lines. Safe to call from several threads.
public interface TaskLog {

    void append(LogKind kind, String text);

    /// Lines as a program printed them, at least one, each with its line feed, in UTF-8 as far as
    /// they are text.
    /// However many come in one call, they cost little. The bytes stay the caller's.
    default void appendLines(LogKind kind, byte[] bytes, int from, int to) {
        append(kind, new String(bytes, from, to - from - 1, StandardCharsets.UTF_8));
    }

    default void debug(String text) {
        append(LogKind.DEBUG, text);
    }

    default void info(String text) {
        append(LogKind.INFO, text);
    }

    default void warn(String text) {
        append(LogKind.WARN, text);
    }

    default void error(String text) {
        append(LogKind.ERROR, text);
    }
}
