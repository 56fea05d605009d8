package dev.leat.store;

import dev.leat.store.RunLogs.Line;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds lines in the logs of one run, by reading all of them: what it finds is exact and complete,
/// or it says how far it came. It needs no index.
@Singleton
public class RunLogSearch {

    private static final long MOST_NANOS = Duration.ofSeconds(3).toNanos();

    /// Numbers that are looked through at once: each time all files are opened.
    private static final long REACH = 100_000;

    private static final int MOST_HITS = 100_000;
    private static final int LINES_AT_ONCE = 2_000;

    private final RunLogs logs;
    private final LogReader reader;

    RunLogSearch(RunLogs logs) {
        this.logs = logs;
        this.reader = new LogReader(logs.paths(), RunLogs.MOST_CHARACTERS);
    }

    /// The lines that fit.
    ///
    /// @param numbers in order
    /// @param searchedTo the number of the last line that was looked at
    /// @param all whether there are no lines after that one
    public record Hits(List<Long> numbers, long searchedTo, boolean all) {

        /// How many there are, as far as it was searched.
        public int count() {
            return numbers.size();
        }

        /// The position of the first with this number or a larger one; the count where none has.
        public int from(long number) {
            int low = 0;
            int high = numbers.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (numbers.get(middle) < number) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    /// All lines that fit and have a number above `after`.
    public Hits hits(long run, LineFilter filter, long after) {
        long until = System.nanoTime() + MOST_NANOS;
        var numbers = new ArrayList<Long>();
        long last = last(run);
        long at = after;
        while (at < last && numbers.size() < MOST_HITS && System.nanoTime() < until) {
            long from = at;
            long to = Math.min(last, at + REACH);
            var found =
                    logs.consistent(run, upTo -> numbers(run, filter, from, Math.min(to, upTo)));
            Arrays.stream(found).forEach(numbers::add);
            at = to;
        }
        return new Hits(List.copyOf(numbers), Math.min(at, last), at >= last);
    }

    private long[] numbers(long run, LineFilter filter, long after, long to) throws IOException {
        var found = new Numbers();
        reader.forward(
                run,
                filter.task(),
                filter.attempt(),
                after,
                line -> {
                    if (line.number() > to) {
                        return false;
                    }
                    if (filter.says(line)) {
                        found.add(line.number());
                    }
                    return true;
                });
        return found.inOrder();
    }

    private long last(long run) {
        return logs.consistent(run, _ -> reader.lastNumber(run));
    }

    /// Lines that fit and have a number above `after`, in order, as many as are asked for; fewer
    /// where there are no more, or where it took long.
    public List<Line> read(long run, LineFilter filter, long after, int limit) {
        if (filter.plain()) {
            return logs.read(run, filter.task(), filter.attempt(), after, limit);
        }
        var fitting = new ArrayList<Line>();
        long characters = 0;
        var hits = hits(run, filter, after);
        for (int at = 0; at < hits.count() && fitting.size() < limit; ) {
            long from = hits.numbers.get(at) - 1;
            var lines = logs.read(run, filter.task(), filter.attempt(), from, LINES_AT_ONCE);
            for (var line : lines) {
                if (fitting.size() < limit
                        && characters < RunLogs.MOST_CHARACTERS
                        && filter.says(line)) {
                    fitting.add(line);
                    characters += line.text().length();
                }
            }
            if (lines.isEmpty() || characters >= RunLogs.MOST_CHARACTERS) {
                break;
            }
            at = hits.from(lines.getLast().number() + 1);
        }
        return fitting;
    }

    /// Whether there may be more lines than these, which were read with that limit.
    public static boolean mayHaveMore(List<Line> lines, int limit) {
        return RunLogs.mayHaveMore(lines, limit);
    }

    /// The last lines that fit and have a number below `before`, in order.
    public Before before(long run, LineFilter filter, long before, int limit) {
        if (filter.plain()) {
            var lines =
                    logs.consistent(
                            run,
                            upTo ->
                                    reader.tail(
                                            run,
                                            filter.task(),
                                            filter.attempt(),
                                            Math.min(upTo, before - 1),
                                            limit));
            long last = lines.isEmpty() ? 0 : lines.getLast().number();
            return new Before(lines, last, mayHaveMore(lines, limit));
        }
        var hits = hits(run, filter, 0);
        int end = hits.from(before);
        int start = Math.max(0, end - limit);
        var lines =
                start == end
                        ? List.<Line>of()
                        : read(run, filter, hits.numbers.get(start) - 1, end - start);
        return new Before(lines, before == Long.MAX_VALUE ? hits.searchedTo : 0, start > 0);
    }

    /// @param searchedTo the last line that was looked at, at least
    /// @param earlier whether there may be lines that fit before these
    public record Before(List<Line> lines, long searchedTo, boolean earlier) {}

    /// Grows without a box for each.
    private static final class Numbers {

        private long[] numbers = new long[64];
        private int count;

        void add(long number) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, count * 2);
            }
            numbers[count++] = number;
        }

        /// Each once: the end of a log may be in two files for a moment.
        long[] inOrder() {
            return Arrays.stream(numbers, 0, count).sorted().distinct().toArray();
        }
    }
}
