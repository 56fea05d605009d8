package dev.leat.store.search;

import dev.leat.task.LogKind;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/// Lines of one attempt that follow each other, on their way into the index.
public final class LogPart {

    /// A part has lines of this time at most, so that one is found by when it began.
    public static final Duration LONGEST = Duration.ofHours(1);

    private static final int MOST_LINES = 64;
    private static final int MOST_BYTES = 8 * 1024;
    private static final int MOST_WORDS = 10_000;
    private static final long LONGEST_MICROS = LONGEST.toMillis() * 1_000;

    private final long start;
    private final Set<String> words = new LinkedHashSet<>();
    private int bytes;
    private int lines;
    private long at;
    private long firstLine;
    private long lastLine;

    /// @param start where it begins in the file
    public LogPart(long start) {
        this.start = start;
    }

    /// @param number of the line
    /// @param micros when it came
    /// @param length in the file, with its line feed
    public void add(long number, long micros, LogKind kind, String text, int length) {
        if (lines == 0) {
            at = micros;
            firstLine = number;
        }
        lastLine = number;
        lines++;
        bytes += length;
        words.add(LogTraits.kind(kind));
        for (var word : LogWords.of(LogWords.plain(text))) {
            if (words.size() < MOST_WORDS) {
                words.add(word.text());
            }
        }
    }

    /// Bytes that are no line.
    public void skip(int length) {
        bytes += length;
    }

    /// Whether a line of that time would be too much.
    public boolean full(long micros) {
        return lines >= MOST_LINES
                || bytes >= MOST_BYTES
                || lines > 0 && micros - at > LONGEST_MICROS;
    }

    public boolean full() {
        return full(at);
    }

    public boolean isEmpty() {
        return lines == 0;
    }

    void belongs(LogIndex.Attempt attempt) {
        words.add(LogTraits.run(attempt.run()));
        words.add(LogTraits.task(attempt.task()));
        if (attempt.task().indexOf('.') > 0) {
            words.add(LogTraits.task(attempt.task().substring(0, attempt.task().indexOf('.'))));
        }
        if (!attempt.workflow().isEmpty()) {
            words.add(LogTraits.workflow(attempt.workflow()));
        }
    }

    public long start() {
        return start;
    }

    /// Where the next one begins.
    public long end() {
        return start + bytes;
    }

    int bytes() {
        return bytes;
    }

    long at() {
        return at;
    }

    long firstLine() {
        return firstLine;
    }

    long lastLine() {
        return lastLine;
    }

    Set<String> words() {
        return words;
    }
}
