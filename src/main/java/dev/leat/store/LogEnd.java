package dev.leat.store;

import dev.leat.task.LogKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// The last lines of a log that is cut: at least [#KEPT] bytes of what was written, as it came.
/// Only what is asked for is made into lines of a file, so that a flood costs little more than
/// counting it.
///
/// There are two halves. When the newer one is full, the older one is left out at once.
final class LogEnd {

    /// How much of the end is kept of a log that is cut.
    static final int KEPT = 64 * 1024;

    private static final int CHUNK = 64 * 1024;

    private final LogGap leftOut = new LogGap();
    private Half older = new Half();
    private Half newer = new Half();

    boolean isEmpty() {
        return newer.bytes.size() == 0;
    }

    int size() {
        return older.bytes.size() + newer.bytes.size();
    }

    /// Answers how many lines these were.
    int add(long number, long micros, LogKind kind, byte[] bytes, int from, int to) {
        int start = from;
        int skipped = 0;
        if (to - from > 2 * KEPT) {
            start = LogFormat.startOfLine(bytes, from, to - KEPT);
            skipped = LogFormat.lineFeeds(bytes, from, start);
        }
        if (newer.bytes.size() >= KEPT || skipped > 0) {
            leaveOut(older);
            var empty = older;
            older = newer;
            newer = empty;
        }
        if (skipped > 0) {
            leaveOut(older);
            leftOut.add(number, skipped, start - from);
        }
        int lines = LogFormat.lineFeeds(bytes, start, to);
        newer.add(number + skipped, micros, kind, lines, bytes, start, to);
        return skipped + lines;
    }

    private void leaveOut(Half half) {
        leftOut.add(half.lines);
        half.clear();
    }

    /// The mark of what is left out, and the lines, as a file has them.
    void writeTo(OutputStream out, long micros, String why) throws IOException {
        var gap = new LogGap();
        gap.add(leftOut);
        var lines = new ByteArrayOutputStream(1024);
        int excess = Math.max(0, size() - KEPT);
        var marked = false;
        for (var half : List.of(older, newer)) {
            var bytes = half.bytes.toByteArray();
            for (int at = 0; at < half.parts.size(); at++) {
                var part = half.parts.get(at);
                int end = at + 1 < half.parts.size() ? half.parts.get(at + 1).start : bytes.length;
                int start =
                        LogFormat.startOfLine(
                                bytes, part.start, Math.min(end, part.start + excess));
                excess = Math.max(0, excess - (end - part.start));
                int skipped = LogFormat.lineFeeds(bytes, part.start, start);
                gap.add(part.number, skipped, start - part.start);
                if (!marked && start < end) {
                    marked = true;
                    gap.mark(lines, micros, why);
                }
                encode(part, part.number + skipped, bytes, start, end, lines, out);
            }
        }
        lines.writeTo(out);
    }

    private static void encode(
            Part part,
            long first,
            byte[] bytes,
            int start,
            int end,
            ByteArrayOutputStream lines,
            OutputStream out)
            throws IOException {
        long number = first;
        int at = start;
        while (at < end) {
            int feed = LogFormat.lineFeed(bytes, at, end);
            LogFormat.encode(lines, number++, part.micros, part.kind, bytes, at, feed);
            at = feed + 1;
            if (lines.size() >= CHUNK) {
                lines.writeTo(out);
                lines.reset();
            }
        }
    }

    /// Lines that came at one moment.
    ///
    /// @param number of the first
    /// @param start in the half's bytes
    private record Part(long number, long micros, LogKind kind, int start) {

        private static final long MOMENT_MICROS = 1_000;

        boolean goesOnWith(long nextNumber, long nextMicros, LogKind nextKind, long lines) {
            return number + lines == nextNumber
                    && kind == nextKind
                    && nextMicros - micros < MOMENT_MICROS;
        }
    }

    private static final class Half {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        private final List<Part> parts = new ArrayList<>();
        private final LogGap lines = new LogGap();
        private long linesOfLast;

        void add(
                long number,
                long micros,
                LogKind kind,
                int count,
                byte[] from,
                int start,
                int end) {
            if (parts.isEmpty() || !parts.getLast().goesOnWith(number, micros, kind, linesOfLast)) {
                parts.add(new Part(number, micros, kind, bytes.size()));
                linesOfLast = 0;
            }
            linesOfLast += count;
            lines.add(number, count, end - start);
            bytes.write(from, start, end - start);
        }

        void clear() {
            bytes.reset();
            parts.clear();
            lines.clear();
            linesOfLast = 0;
        }
    }
}
