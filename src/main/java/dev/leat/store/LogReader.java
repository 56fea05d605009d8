package dev.leat.store;

import dev.leat.store.RunLogs.Line;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Merges the logs of a run's attempts by their common numbering. However many attempts there
/// are, one file is open at a time and only the lines that are asked for are held.
///
/// The end of a cut log is read before the log itself: where the attempt ends in between, it is
/// found in one of them at least.
final class LogReader {

    private final LogPaths paths;

    LogReader(LogPaths paths) {
        this.paths = paths;
    }

    /// @param upTo lines with a higher number may still have smaller ones beside them that aren't
    ///     written out
    List<Line> read(long run, @Nullable String task, int attempt, long after, long upTo, int limit)
            throws IOException {
        var lines = new TreeMap<Long, Line>();
        visit(
                paths.attempts(run, task, attempt),
                file ->
                        file.forward(
                                after,
                                line -> {
                                    if (line.number() > upTo
                                            || (lines.size() == limit
                                                    && line.number() > lines.lastKey())) {
                                        return false;
                                    }
                                    lines.put(line.number(), line);
                                    if (lines.size() > limit) {
                                        lines.pollLastEntry();
                                    }
                                    return true;
                                }));
        return List.copyOf(lines.values());
    }

    List<Line> tail(long run, @Nullable String task, int attempt, long upTo, int limit)
            throws IOException {
        var lines = new TreeMap<Long, Line>();
        visit(
                paths.attempts(run, task, attempt),
                file ->
                        file.backward(
                                line -> {
                                    if (line.number() > upTo) {
                                        return true;
                                    }
                                    if (lines.size() == limit && line.number() < lines.firstKey()) {
                                        return false;
                                    }
                                    lines.put(line.number(), line);
                                    if (lines.size() > limit) {
                                        lines.pollFirstEntry();
                                    }
                                    return true;
                                }));
        return List.copyOf(lines.values());
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
