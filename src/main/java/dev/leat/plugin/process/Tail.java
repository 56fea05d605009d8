package dev.leat.plugin.process;

import java.util.ArrayDeque;

/// The last lines of a stream, as many as fit.
public final class Tail {

    private final int longest;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private int length;

    /// @param longest characters
    public Tail(int longest) {
        this.longest = longest;
    }

    public synchronized void add(String line) {
        var kept = line.length() > longest ? line.substring(line.length() - longest) : line;
        lines.addLast(kept);
        length += kept.length() + 1;
        while (length > longest + 1) {
            length -= lines.removeFirst().length() + 1;
        }
    }

    /// Without a line end after the last line.
    public synchronized String text() {
        return String.join("\n", lines);
    }

    /// The last line with something on it; empty where there is none.
    public synchronized String lastLine() {
        var backwards = lines.descendingIterator();
        while (backwards.hasNext()) {
            var line = backwards.next().strip();
            if (!line.isEmpty()) {
                return line;
            }
        }
        return "";
    }
}
