package dev.leat.store;

import dev.leat.store.search.LogIndex.Attempt;
import dev.leat.store.search.LogIndex.Source;
import dev.leat.store.search.LogIndexWriter;
import dev.leat.store.search.LogPart;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Reads logs into the index, as much at once as a transaction is to have.
final class LogIndexing {

    private static final long MOST_BYTES = 1024 * 1024;
    private static final int MOST_LOGS = 1_000;

    private final LogIndexWriter writer;
    private final LogPaths paths;
    private final LongFunction<String> workflows;
    private final Map<Long, Map<String, Source>> known = new HashMap<>();
    private final Map<Long, String> workflowOf = new HashMap<>();
    private final Set<Path> done = new HashSet<>();
    private long bytes;
    private int count;
    private boolean more;

    LogIndexing(LogIndexWriter writer, LogPaths paths, LongFunction<String> workflows) {
        this.writer = writer;
        this.paths = paths;
        this.workflows = workflows;
    }

    boolean hasRoom() {
        return bytes < MOST_BYTES && count < MOST_LOGS;
    }

    /// Whether something was left for the next time.
    boolean more() {
        return more || !hasRoom();
    }

    /// Answers whether all of the log is in the index now, as it was a moment ago.
    boolean read(long run, LogPaths.Attempt log) throws SQLException, IOException {
        if (!hasRoom()) {
            more = true;
            return false;
        }
        if (!done.add(log.file())) {
            // Not twice in one transaction. What came meanwhile is read in the next.
            return true;
        }
        var key = LogIndexWriter.key(log.task(), log.number());
        var sources = known.get(run);
        if (sources == null) {
            sources = writer.sources(run);
            known.put(run, sources);
        }
        var source = sources.get(key);
        try (var file = new LogFile(log.file(), log)) {
            if (source != null && file.size() < source.size()) {
                writer.forget(source);
                source = null;
            }
            return source != null && source.size() == file.size()
                    || read(file, attempt(run, log), source);
        } catch (NoSuchFileException _) {
            return true;
        }
    }

    private Attempt attempt(long run, LogPaths.Attempt log) {
        var workflow = workflowOf.computeIfAbsent(run, workflows::apply);
        return new Attempt(run, workflow, log.task(), log.number());
    }

    private boolean read(LogFile file, Attempt attempt, @Nullable Source source)
            throws SQLException, IOException {
        long at = source == null ? 0 : source.start();
        var parts = new ArrayList<LogPart>();
        while (at < file.size() && hasRoom()) {
            var block = file.lines(at);
            parts(block, at, attempt, parts);
            at += block.length;
            bytes += block.length;
        }
        count++;
        if (!parts.isEmpty()) {
            writer.put(attempt, source, parts, at);
        }
        more |= at < file.size();
        return at >= file.size();
    }

    private static void parts(byte[] block, long from, Attempt attempt, List<LogPart> parts) {
        var part = parts.isEmpty() ? null : parts.getLast();
        int at = 0;
        while (at < block.length) {
            int end = LogFile.lineFeed(block, at);
            int length = end + 1 - at;
            var line = LogFormat.decode(block, at, end, attempt.task(), attempt.number());
            long micros = line == null ? 0 : Micros.of(line.at());
            if (part == null || part.full() || line != null && part.full(micros)) {
                part = new LogPart(from + at);
                parts.add(part);
            }
            if (line == null) {
                part.skip(length);
            } else {
                part.add(line.number(), micros, line.kind(), line.text(), length);
            }
            at = end + 1;
        }
    }
}
