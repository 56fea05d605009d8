package dev.leat.plugin.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The last lines of a stream, as many as fit.
public final class Tail {

    private static final int AT_FIRST = 256;

    private final int longest;
    private byte[] kept = new byte[AT_FIRST];
    private int length;
    private boolean complete = true;

    /// @param longest bytes, without the line end after the last line
    public Tail(int longest) {
        this.longest = longest;
    }

    public synchronized void add(String line) {
        var bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        add(bytes, 0, bytes.length);
    }

    /// Lines, each with its line feed.
    public synchronized void add(byte[] bytes, int from, int to) {
        int start = Math.max(from, to - longest - 1);
        if (start > from) {
            length = 0;
            complete = false;
        }
        makeRoom(to - start);
        System.arraycopy(bytes, start, kept, length, to - start);
        length += to - start;
    }

    /// Where it is full, the older half goes: nothing is moved about for each line.
    private void makeRoom(int more) {
        if (length + more <= kept.length) {
            return;
        }
        int most = 2 * (longest + 1);
        if (length + more <= most) {
            kept = Arrays.copyOf(kept, Math.min(most, Math.max(length + more, 2 * kept.length)));
            return;
        }
        int stays = Math.min(length, longest + 1);
        System.arraycopy(kept, length - stays, kept, 0, stays);
        length = stays;
        complete = false;
        if (length + more > kept.length) {
            kept = Arrays.copyOf(kept, most);
        }
    }

    /// Without a line end after the last line.
    public synchronized String text() {
        int start = Math.max(0, length - longest - 1);
        if (start > 0 || !complete) {
            start = startOfLine(start);
        }
        int end = length > start && kept[length - 1] == '\n' ? length - 1 : length;
        var text = new String(kept, start, end - start, StandardCharsets.UTF_8);
        var plain = text.replace("\r\n", "\n").replace('\0', '\uFFFD');
        return plain.endsWith("\r") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /// Half a line is of use only where it is all there is.
    private int startOfLine(int from) {
        if (from > 0 && kept[from - 1] == '\n') {
            return from;
        }
        for (int at = from; at < length - 1; at++) {
            if (kept[at] == '\n') {
                return at + 1;
            }
        }
        return from;
    }

    /// The last line with something on it; empty where there is none.
    public synchronized String lastLine() {
        var lines = text().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.isEmpty() ? "" : lines.getLast();
    }
}
