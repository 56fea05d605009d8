package dev.leat.plugin.process;

import dev.leat.task.LogKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Splits a stream into lines, keeping a bounded part of each, so that a line of a gigabyte costs
/// no more than a short one.
final class LineReader {

    private final LogKind stream;
    private final int longest;
    private final Consumer<OutputLine> lines;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long length;
    private boolean afterCarriageReturn;

    LineReader(LogKind stream, int longest, Consumer<OutputLine> lines) {
        this.stream = stream;
        this.longest = longest;
        this.lines = lines;
    }

    /// Reads until the stream ends; a last line needs no line end.
    void readAll(InputStream in) throws IOException {
        var buffer = new byte[8192];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            take(buffer, count);
        }
        if (length > 0) {
            endLine();
        }
    }

    private void take(byte[] buffer, int count) {
        int start = 0;
        for (int at = 0; at < count; at++) {
            if (buffer[at] == '\n') {
                keep(buffer, start, at);
                endLine();
                start = at + 1;
            }
        }
        keep(buffer, start, count);
    }

    private void keep(byte[] buffer, int from, int to) {
        if (to > from) {
            afterCarriageReturn = buffer[to - 1] == '\r';
            var room = longest - kept.size();
            kept.write(buffer, from, Math.clamp(room, 0, to - from));
            length += to - from;
        }
    }

    private void endLine() {
        var text = kept.toString(StandardCharsets.UTF_8).replace('\0', '\uFFFD');
        if (afterCarriageReturn) {
            length--;
            if (text.endsWith("\r")) {
                text = text.substring(0, text.length() - 1);
            }
        }
        var line = new OutputLine(stream, text, length, length > longest);
        forget();
        lines.accept(line);
    }

    private void forget() {
        kept.reset();
        length = 0;
        afterCarriageReturn = false;
    }
}
