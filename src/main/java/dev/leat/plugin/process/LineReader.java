package dev.leat.plugin.process;

import dev.leat.task.LogKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Splits a stream where lines end, a block at a time: a million short lines cost little more than
/// a long one, and of a line of a gigabyte a bounded part is kept.
final class LineReader {

    private static final int SMALLEST_BLOCK = 8 * 1024;

    /// What a pipe holds. A line that doesn't fit is put together apart.
    private static final int LARGEST_BLOCK = 64 * 1024;

    private final LogKind stream;
    private final int longest;
    private final OutputListener listener;
    private byte[] block = new byte[SMALLEST_BLOCK];

    /// How much of a line that goes on is at the start of the block.
    private int begun;

    private @Nullable LongLine longLine;

    /// @param longest bytes of a line that is kept whole; not less than a block
    LineReader(LogKind stream, int longest, OutputListener listener) {
        this.stream = stream;
        this.longest = Math.max(longest, LARGEST_BLOCK);
        this.listener = listener;
    }

    /// Reads until the stream ends; a last line needs no line end.
    void readAll(InputStream in) throws IOException {
        try {
            for (int count = read(in); count >= 0; count = read(in)) {
                take(begun + count);
            }
        } finally {
            end();
        }
    }

    private int read(InputStream in) throws IOException {
        return in.read(block, begun, block.length - begun);
    }

    /// @param end of what the block holds
    private void take(int end) {
        int from = endOfLongLine(end);
        int last = lastLineFeed(Math.max(from, begun), end);
        if (last >= 0) {
            listener.lines(stream, block, from, last + 1);
            from = last + 1;
        }
        begun = end - from;
        if (end == block.length) {
            makeRoom(from);
        } else if (from > 0) {
            System.arraycopy(block, from, block, 0, begun);
        }
    }

    /// Where the rest of the block begins; its end where the long line goes on.
    private int endOfLongLine(int end) {
        var line = longLine;
        if (line == null) {
            return 0;
        }
        int at = 0;
        while (at < end && block[at] != '\n') {
            at++;
        }
        line.add(block, 0, at);
        if (at == end) {
            return end;
        }
        longLine = null;
        listener.line(line.end(stream));
        return at + 1;
    }

    private int lastLineFeed(int from, int end) {
        for (int at = end - 1; at >= from; at--) {
            if (block[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /// The block is full: whoever prints so much is read in larger blocks.
    private void makeRoom(int from) {
        if (block.length < LARGEST_BLOCK) {
            var larger = new byte[Math.min(LARGEST_BLOCK, 4 * block.length)];
            System.arraycopy(block, from, larger, 0, begun);
            block = larger;
        } else if (begun == block.length) {
            var line = new LongLine(longest);
            line.add(block, 0, begun);
            longLine = line;
            begun = 0;
        } else {
            System.arraycopy(block, from, block, 0, begun);
        }
    }

    private void end() {
        var line = longLine;
        if (line != null) {
            longLine = null;
            listener.line(line.end(stream));
        } else if (begun > 0) {
            var rest = Arrays.copyOf(block, begun);
            begun = 0;
            listener.line(OutputLine.whole(stream, rest, 0, rest.length));
        }
    }
}
