package dev.leat.store;

import dev.leat.task.LogKind;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The file of one attempt: buffered, cut in the middle where it gets too long, and never in the
/// way of the one who writes. What can't be written waits for room as far as the buffer holds it;
/// the rest is left out with a mark.
///
/// Not safe for several threads: its [RunLog] sees to that. Threads that write may be interrupted
/// at any moment, so nothing here uses a channel: the interrupt would close it.
final class LogWriter {

    private static final Logger LOG = Logger.getLogger(LogWriter.class);
    private static final int BUFFER = 32 * 1024;

    /// A line's number, time and kind take at most so much.
    private static final int PREFIX = 42;

    /// A full disk isn't asked at every line whether it still is.
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    /// Readers in a hurry don't have the end written out for each of them.
    private static final long FRESH_NANOS = Duration.ofMillis(200).toNanos();

    private final Path file;
    private final long limit;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private final LogGap buffered = new LogGap();
    private final LogGap unwritable = new LogGap();
    private final LogEnd end = new LogEnd();
    private @Nullable RandomAccessFile open;
    private long lastMicros;
    private long lastNumber;
    private long size;
    private boolean failing;
    private long failedAt;
    private long asideUpTo;
    private long asideAt;
    private boolean endChanged;

    /// @param limit of the file, in bytes; the kept end may take more where its lines are short
    LogWriter(Path file, long limit) {
        this.file = file;
        this.limit = limit;
    }

    /// Whole lines, each with its line feed, numbered from `first` on. Answers how many.
    int add(long first, long micros, LogKind kind, byte[] bytes, int from, int to) {
        lastMicros = micros;
        int lines = 0;
        int at = from;
        while (at < to && end.isEmpty()) {
            int feed = LogFormat.lineFeed(bytes, at, to);
            if (size + buffer.size() + feed - at + PREFIX > limit - LogEnd.KEPT) {
                asideUpTo = first + lines - 1;
                break;
            }
            LogFormat.encode(buffer, first + lines, micros, kind, bytes, at, feed);
            buffered.add(first + lines, 1, feed - at);
            lines++;
            at = feed + 1;
            if (buffer.size() >= BUFFER) {
                writeBuffer();
            }
        }
        if (at < to) {
            lines += end.add(first + lines, micros, kind, bytes, at, to);
            endChanged = true;
        }
        lastNumber = first + lines - 1;
        return lines;
    }

    /// Hands everything to the operating system, if it takes it. Answers the number up to which
    /// readers find the lines of this file now; the largest there is where nothing waits.
    long flush() {
        if (!writeBuffer()) {
            return (unwritable.isEmpty() ? buffered : unwritable).first() - 1;
        }
        if (endChanged && (asideAt == 0 || System.nanoTime() - asideAt > FRESH_NANOS)) {
            writeEndAside();
        }
        return endChanged ? asideUpTo : Long.MAX_VALUE;
    }

    /// Whether something waits for room on the disk.
    boolean failing() {
        return failing;
    }

    /// Bytes in memory that aren't in the file.
    long waiting() {
        return buffer.size() + end.size();
    }

    /// Writes out everything. Where it answers false, there was no room; try again later.
    boolean close() {
        if (!writeBuffer()) {
            return false;
        }
        if (!end.isEmpty() && !writeEnd()) {
            return false;
        }
        release();
        return true;
    }

    private boolean writeBuffer() {
        if (buffer.size() == 0 && unwritable.isEmpty()) {
            return true;
        }
        if (!failing || System.nanoTime() - failedAt > RETRY_NANOS) {
            var bytes = new ByteArrayOutputStream(buffer.size() + 128);
            unwritable.mark(bytes, lastMicros, "could not be written");
            bytes.writeBytes(buffer.toByteArray());
            if (write(out -> bytes.writeTo(out))) {
                unwritable.clear();
                buffered.clear();
                buffer.reset();
                return true;
            }
        }
        if (buffer.size() >= BUFFER) {
            unwritable.add(buffered);
            buffered.clear();
            buffer.reset();
        }
        return false;
    }

    private boolean writeEnd() {
        if (failing && System.nanoTime() - failedAt <= RETRY_NANOS || !write(this::endLines)) {
            return false;
        }
        try {
            Files.deleteIfExists(LogPaths.tail(file));
        } catch (IOException e) {
            LOG.debugf(e, "%s can't be deleted; its lines are in the log too.", file);
        }
        return true;
    }

    /// All of it or nothing.
    private boolean write(Content content) {
        long before = -1;
        try {
            var to = open();
            before = size;
            content.writeTo(new Appending(to));
            failing = false;
            return true;
        } catch (IOException e) {
            if (!failing) {
                LOG.warnf("The log %s can't be written, its lines wait for room: %s", file, e);
            }
            failing = true;
            failedAt = System.nanoTime();
            takeBack(before);
            release();
            return false;
        }
    }

    private void takeBack(long before) {
        var to = open;
        if (to == null || before < 0) {
            return;
        }
        size = before;
        try {
            to.setLength(before);
        } catch (IOException e) {
            LOG.debugf(e, "%s keeps a part of what couldn't be written.", file);
        }
    }

    /// A crash of Leat must not take the end with it, so it is beside the log until the attempt
    /// ends.
    private void writeEndAside() {
        var aside = LogPaths.tail(file);
        var next = aside.resolveSibling(aside.getFileName() + ".new");
        try {
            try (var out = new FileOutputStream(next.toFile())) {
                endLines(out);
            }
            Files.move(next, aside, StandardCopyOption.ATOMIC_MOVE);
            endChanged = false;
            asideUpTo = lastNumber;
        } catch (IOException e) {
            LOG.debugf(e, "%s can't be written; it is kept in memory.", aside);
        }
        asideAt = System.nanoTime();
    }

    private void endLines(OutputStream out) throws IOException {
        end.writeTo(
                out,
                lastMicros,
                "left out, the log of an attempt is limited to %d bytes".formatted(limit));
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

    /// Where an earlier process was cut off, half a line or a separate end may be left.
    private void takeUp(RandomAccessFile to) throws IOException {
        try (var lines = new LogFile(file, new LogPaths.Attempt(file, "", 0))) {
            size = lines.size();
        }
        to.setLength(size);
        var aside = LogPaths.tail(file);
        if (end.isEmpty() && Files.exists(aside)) {
            new Appending(to).write(Files.readAllBytes(aside));
            Files.delete(aside);
        }
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

    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /// After the last line of the file.
    private final class Appending extends OutputStream {

        private final RandomAccessFile to;

        Appending(RandomAccessFile to) {
            this.to = to;
        }

        @Override
        public void write(int letter) throws IOException {
            write(new byte[] {(byte) letter}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            to.seek(size);
            to.write(bytes, from, length);
            size += length;
        }
    }
}
