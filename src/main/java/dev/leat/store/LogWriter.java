package dev.leat.store;

import dev.leat.task.LogKind;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The file of one attempt: buffered, cut in the middle where it gets too long, and never in the
/// way of the one who writes. What can't be written is left out with a mark.
///
/// Not safe for several threads: its [RunLog] sees to that. Threads that write may be interrupted
/// at any moment, so nothing here uses a channel: the interrupt would close it.
final class LogWriter {

    private static final Logger LOG = Logger.getLogger(LogWriter.class);

    /// How much of the end is kept of a log that is cut.
    static final int KEPT_END = 64 * 1024;

    private static final int BUFFER = 32 * 1024;

    private final Path file;
    private final long limit;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private final Deque<Entry> end = new ArrayDeque<>();
    private final Gap leftOut = new Gap();
    private final Gap unwritable = new Gap();
    private Gap buffered = new Gap();
    private @Nullable RandomAccessFile open;
    private long lastMicros;
    private long size;
    private long endBytes;
    private boolean endChanged;

    /// @param limit of the file, in bytes
    LogWriter(Path file, long limit) {
        this.file = file;
        this.limit = limit;
    }

    void add(long number, long micros, byte[] line) {
        lastMicros = micros;
        if (end.isEmpty() && size + buffer.size() + line.length <= limit - KEPT_END) {
            buffer.writeBytes(line);
            buffered.add(number, line.length);
            if (buffer.size() >= BUFFER) {
                writeBuffer();
            }
            return;
        }
        end.add(new Entry(number, line));
        endBytes += line.length;
        endChanged = true;
        while (endBytes > KEPT_END && end.size() > 1) {
            var first = end.remove();
            endBytes -= first.line.length;
            leftOut.add(first.number, first.line.length);
        }
    }

    /// Afterwards everything is with the operating system.
    void flush() {
        writeBuffer();
        if (endChanged) {
            writeEndAside();
        }
    }

    void close() {
        writeBuffer();
        if (!end.isEmpty()) {
            buffer.writeBytes(endLines());
            end.forEach(entry -> buffered.add(entry.number, entry.line.length));
            writeBuffer();
            end.clear();
            try {
                Files.deleteIfExists(LogPaths.tail(file));
            } catch (IOException e) {
                LOG.debugf(e, "%s can't be deleted; its lines are in the log too.", file);
            }
        }
        release();
    }

    private void writeBuffer() {
        if (buffer.size() == 0) {
            return;
        }
        var bytes = buffer.toByteArray();
        buffer.reset();
        var written = buffered;
        buffered = new Gap();
        try {
            var to = open();
            if (unwritable.lines > 0) {
                append(to, unwritable.mark(lastMicros, "could not be written"));
                unwritable.clear();
            }
            append(to, bytes);
        } catch (IOException e) {
            if (unwritable.lines == 0) {
                LOG.warnf("The log %s can't be written, lines are left out: %s", file, e);
            }
            unwritable.add(written);
            release();
        }
    }

    /// A crash of Leat must not take the end with it, so it is beside the log until the attempt
    /// ends.
    private void writeEndAside() {
        var aside = LogPaths.tail(file);
        var next = aside.resolveSibling(aside.getFileName() + ".new");
        try {
            try (var out = new FileOutputStream(next.toFile())) {
                out.write(endLines());
            }
            Files.move(next, aside, StandardCopyOption.ATOMIC_MOVE);
            endChanged = false;
        } catch (IOException e) {
            LOG.debugf(e, "%s can't be written; it is kept in memory.", aside);
        }
    }

    private byte[] endLines() {
        var bytes = new ByteArrayOutputStream(KEPT_END + 1_024);
        if (leftOut.lines > 0) {
            bytes.writeBytes(
                    leftOut.mark(
                            lastMicros,
                            "left out, the log of an attempt is limited to %d bytes"
                                    .formatted(limit)));
        }
        end.forEach(entry -> bytes.writeBytes(entry.line));
        return bytes.toByteArray();
    }

    private RandomAccessFile open() throws IOException {
        var known = open;
        if (known != null) {
            return known;
        }
        Files.createDirectories(file.getParent());
        var opened = new RandomAccessFile(file.toFile(), "rw");
        open = opened;
        size = opened.length();
        if (size > 0) {
            takeUp(opened);
        }
        return opened;
    }

    /// Where a write failed or an earlier process was cut off, half a line or a separate end may be
    /// left.
    private void takeUp(RandomAccessFile to) throws IOException {
        try (var lines = new LogFile(file, new LogPaths.Attempt(file, "", 0))) {
            size = lines.size();
        }
        to.setLength(size);
        var aside = LogPaths.tail(file);
        if (end.isEmpty() && Files.exists(aside)) {
            append(to, Files.readAllBytes(aside));
            Files.delete(aside);
        }
    }

    private void append(RandomAccessFile to, byte[] bytes) throws IOException {
        to.seek(size);
        to.write(bytes);
        size += bytes.length;
    }

    private void release() {
        var known = open;
        open = null;
        if (known != null) {
            try {
                known.close();
            } catch (IOException e) {
                LOG.debugf(e, "%s can't be closed.", file);
            }
        }
    }

    private record Entry(long number, byte[] line) {}

    /// Lines that are counted instead of written. The mark in their place has the number of the
    /// last.
    private static final class Gap {
        private long lines;
        private long bytes;
        private long last;

        void add(long number, long length) {
            lines++;
            bytes += length;
            last = number;
        }

        void add(Gap more) {
            lines += more.lines;
            bytes += more.bytes;
            last = more.last;
        }

        void clear() {
            lines = 0;
            bytes = 0;
        }

        byte[] mark(long micros, String why) {
            var text = "… %d lines (%d bytes) %s …".formatted(lines, bytes, why);
            return LogFormat.encode(last, micros, LogKind.WARN, text);
        }
    }
}
