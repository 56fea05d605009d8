package dev.leat.task;

/// Where an attempt writes its lines. They are shown live and kept with the run; past the size
// limit the middle is cut out with
/// a mark, and the end is always kept. Text with line breaks becomes several lines. Safe to call
// from several threads.
public interface TaskLog {

    void append(LogKind kind, String text);

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
