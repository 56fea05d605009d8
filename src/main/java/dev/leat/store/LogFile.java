package dev.leat.store;

import dev.leat.store.RunLogs.Line;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;

/// One file of lines, read from any number on without reading what lies before. A last line without
/// its line feed is still being written, or was cut off by a crash, and doesn't count.
///
/// No channel: an interrupt, such as a task's timeout, would close it.
final class LogFile implements AutoCloseable {

    private static final int BLOCK = 64 * 1024;
    private static final int NEAR = 2 * BLOCK;

    private final RandomAccessFile file;
    private final LogPaths.Attempt attempt;
    private final long size;

    LogFile(Path path, LogPaths.Attempt attempt) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        this.file = new RandomAccessFile(path.toFile(), "r");
        this.attempt = attempt;
        this.size = endOfLast(file.length());
    }

    /// Where the last whole line ends.
    long size() {
        return size;
    }

    /// Hands on the lines with a number above `after`, in order, until the reader has had enough.
    void forward(long after, Predicate<Line> goesOn) throws IOException {
        var from = startAfter(after);
        while (from < size) {
            var block = lines(from);
            int at = 0;
            while (at < block.length) {
                int end = lineFeed(block, at);
                var line = LogFormat.decode(block, at, end, attempt.task(), attempt.number());
                if (line != null && line.number() > after && !goesOn.test(line)) {
                    return;
                }
                at = end + 1;
            }
            from += block.length;
        }
    }

    /// Hands on the lines from the last to the first, until the reader has had enough.
    void backward(Predicate<Line> goesOn) throws IOException {
        var end = size;
        while (end > 0) {
            var start = startOfSome(end);
            var block = read(start, (int) (end - start));
            int lineEnd = block.length - 1;
            while (lineEnd >= 0) {
                int from = lineEnd;
                while (from > 0 && block[from - 1] != '\n') {
                    from--;
                }
                var line = LogFormat.decode(block, from, lineEnd, attempt.task(), attempt.number());
                if (line != null && !goesOn.test(line)) {
                    return;
                }
                lineEnd = from - 1;
            }
            end = start;
        }
    }

    /// The number of the last line, 0 where there is none.
    long lastNumber() throws IOException {
        var last = new long[1];
        backward(
                line -> {
                    last[0] = line.number();
                    return false;
                });
        return last[0];
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /// The start of a line that isn't after the first with a number above `after`, and near it.
    private long startAfter(long after) throws IOException {
        long low = 0;
        long high = size;
        while (after > 0 && high - low > NEAR) {
            var middle = startOfLine((low + high) >>> 1, high);
            if (middle >= high || middle <= low) {
                break;
            }
            var head = read(middle, (int) Math.min(32, size - middle));
            var number = LogFormat.number(head, 0, head.length);
            if (number < 0) {
                break;
            }
            if (number > after) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /// Where the lines start that fill about a block before `end`, or one line where it is longer.
    private long startOfSome(long end) throws IOException {
        for (long length = BLOCK; length < end; length *= 2) {
            var start = startOfLine(end - length, end);
            if (start < end) {
                return start;
            }
        }
        return 0;
    }

    /// Where the first line starts that doesn't start before `from`; `end` where none does.
    private long startOfLine(long from, long end) throws IOException {
        for (long at = from - 1; at < end; at += BLOCK) {
            var block = read(at, (int) Math.min(BLOCK, end - at));
            int feed = lineFeed(block, 0);
            if (feed < block.length) {
                return at + feed + 1;
            }
        }
        return end;
    }

    private long endOfLast(long length) throws IOException {
        var end = length;
        while (end > 0) {
            var start = Math.max(0, end - BLOCK);
            var block = read(start, (int) (end - start));
            for (int at = block.length - 1; at >= 0; at--) {
                if (block[at] == '\n') {
                    return start + at + 1;
                }
            }
            end = start;
        }
        return 0;
    }

    /// Whole lines from there: about a block, or one line where it is longer.
    byte[] lines(long from) throws IOException {
        for (int length = BLOCK; ; length *= 2) {
            var block = read(from, (int) Math.min(length, size - from));
            for (int at = block.length - 1; at >= 0; at--) {
                if (block[at] == '\n') {
                    return at + 1 == block.length ? block : Arrays.copyOf(block, at + 1);
                }
            }
        }
    }

    byte[] read(long from, int length) throws IOException {
        var bytes = new byte[length];
        file.seek(from);
        file.readFully(bytes);
        return bytes;
    }

    static int lineFeed(byte[] block, int from) {
        int at = from;
        while (at < block.length && block[at] != '\n') {
            at++;
        }
        return at;
    }
}
