package dev.leat.plugin.process;

import dev.leat.task.LogKind;

/// Hears what a child prints: each stream in its order, from a thread of its own. A child waits to
/// print more until it was listened to.
@FunctionalInterface
public interface OutputListener {

    void line(OutputLine line);

    /// Lines as they were printed, each with its line feed: all that came at once, for those who
    /// can do better than to look at each. The bytes are the reader's own: copy what is to stay.
    ///
    /// @param stream [LogKind#STDOUT] or [LogKind#STDERR]
    default void lines(LogKind stream, byte[] bytes, int from, int to) {
        int start = from;
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\n') {
                line(OutputLine.whole(stream, bytes, start, at));
                start = at + 1;
            }
        }
    }
}
