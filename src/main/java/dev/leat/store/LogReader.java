package dev.leat.store;

import dev.leat.store.RunLogs.Line;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Merges the logs of a run's attempts by their common numbering. However many attempts there
/// are, one file is open at a time and only the lines that are asked for are held.
///
/// The end of a cut log is read before the log itself: where the attempt ends in between, it is
/// found in one of them at least.
final class LogReader {

    private final LogPaths paths;
    private final long mostCharacters;

    /// @param mostCharacters of lines that are held at once, but for one line more
    LogReader(LogPaths paths, long mostCharacters) {
        this.paths = paths;
        this.mostCharacters = mostCharacters;
    }

    /// @param upTo lines with a higher number may still have smaller ones beside them that aren't
    ///     written out
    List<Line> read(long run, @Nullable String task, int attempt, long after, long upTo, int limit)
            throws IOException {
        var first = new Lines(limit, TreeMap::pollLastEntry, TreeMap::lastEntry);
        visit(
                paths.attempts(run, task, attempt),
                file ->
                        file.forward(
                                after,
                                line ->
                                        line.number() <= upTo
                                                && (first.hasRoom() || line.number() < first.edge())
                                                && first.add(line)));
        return first.inOrder();
    }

    List<Line> tail(long run, @Nullable String task, int attempt, long upTo, int limit)
            throws IOException {
        var last = new Lines(limit, TreeMap::pollFirstEntry, TreeMap::firstEntry);
        visit(
                paths.attempts(run, task, attempt),
                file ->
                        file.backward(
                                line ->
                                        line.number() > upTo
                                                || (last.hasRoom() || line.number() > last.edge())
                                                        && last.add(line)));
        return last.inOrder();
    }

    /// Hands on the lines with a number above `after`, attempt by attempt, each in order until the
    /// reader has had enough of that one.
    void forward(long run, @Nullable String task, int attempt, long after, Predicate<Line> goesOn)
            throws IOException {
        visit(paths.attempts(run, task, attempt), file -> file.forward(after, goesOn));
    }

    /// The lines nearest to one end, as many as are wanted; fewer where they are long, but the one
    /// that is too much is among them.
    private final class Lines {

        private final TreeMap<Long, Line> lines = new TreeMap<>();
        private final int limit;
        private final Function<TreeMap<Long, Line>, Map.@Nullable Entry<Long, Line>> takeFarthest;
        private final Function<TreeMap<Long, Line>, Map.@Nullable Entry<Long, Line>> farthest;
        private long characters;

        Lines(
                int limit,
                Function<TreeMap<Long, Line>, Map.@Nullable Entry<Long, Line>> takeFarthest,
                Function<TreeMap<Long, Line>, Map.@Nullable Entry<Long, Line>> farthest) {
            this.limit = limit;
            this.takeFarthest = takeFarthest;
            this.farthest = farthest;
        }

        boolean hasRoom() {
            return lines.size() < limit && characters < mostCharacters;
        }

        /// The number of the line that is farthest.
        long edge() {
            var entry = farthest.apply(lines);
            return entry == null ? 0 : entry.getKey();
        }

        boolean add(Line line) {
            var before = lines.put(line.number(), line);
            characters += length(line) - (before == null ? 0 : length(before));
            while (lines.size() > limit || tooLong()) {
                var gone = takeFarthest.apply(lines);
                characters -= gone == null ? 0 : length(gone.getValue());
            }
            return true;
        }

        /// Whether there is too much even without the farthest.
        private boolean tooLong() {
            var edge = farthest.apply(lines);
            return lines.size() > 1
                    && edge != null
                    && characters - length(edge.getValue()) >= mostCharacters;
        }

        List<Line> inOrder() {
            return List.copyOf(lines.values());
        }

        private static long length(Line line) {
            return line.text().length();
        }
    }

    /// The highest number that any line of the run has, 0 where there is none.
    long lastNumber(long run) throws IOException {
        var last = tail(run, null, 0, Long.MAX_VALUE, 1);
        return last.isEmpty() ? 0 : last.getFirst().number();
    }

    private static void visit(List<LogPaths.Attempt> attempts, Visit visit) throws IOException {
        for (var attempt : attempts) {
            visit(LogPaths.tail(attempt.file()), attempt, visit);
            visit(attempt.file(), attempt, visit);
        }
    }

    private static void visit(Path path, LogPaths.Attempt attempt, Visit visit) throws IOException {
        try (var file = new LogFile(path, attempt)) {
            visit.of(file);
        } catch (NoSuchFileException _) {
            // Most logs have no separate end; and housekeeping may have been here.
        }
    }

    @FunctionalInterface
    private interface Visit {
        void of(LogFile file) throws IOException;
    }
}
