package dev.leat.store;

import dev.leat.task.LogKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Lines that are counted instead of written. The mark in their place has the number of the last.
final class LogGap {

    private long first;
    private long last;
    private long lines;
    private long bytes;

    boolean isEmpty() {
        return lines == 0;
    }

    /// The number of the first line in it.
    long first() {
        return first;
    }

    void add(long from, long count, long length) {
        if (count == 0) {
            return;
        }
        if (lines == 0) {
            first = from;
        }
        last = from + count - 1;
        lines += count;
        bytes += length;
    }

    void add(LogGap more) {
        if (more.lines > 0) {
            if (lines == 0) {
                first = more.first;
            }
            last = more.last;
            lines += more.lines;
            bytes += more.bytes;
        }
    }

    void clear() {
        lines = 0;
        bytes = 0;
    }

    /// Nothing where nothing is missing.
    void mark(ByteArrayOutputStream to, long micros, String why) {
        if (lines == 0) {
            return;
        }
        var text =
                "… %d lines (%d bytes) %s …"
                        .formatted(lines, bytes, why)
                        .getBytes(StandardCharsets.UTF_8);
        LogFormat.encode(to, last, micros, LogKind.WARN, text, 0, text.length);
    }
}
