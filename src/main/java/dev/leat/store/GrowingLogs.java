package dev.leat.store;

import dev.leat.store.search.LogIndexWriter;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// The logs that somebody writes to, or did a moment ago, for the one who keeps the index. Only
/// [#hear] is for any thread.
final class GrowingLogs {

    /// Of logs that were opened and not looked at yet.
    private static final int MOST_NEWS = 100_000;

    private final LogPaths paths;
    private final Queue<RunLog.Attempt> opened = new ConcurrentLinkedQueue<>();
    private final AtomicInteger news = new AtomicInteger();
    private final Map<String, Growing> growing = new HashMap<>();
    private volatile boolean overrun;

    GrowingLogs(LogPaths paths) {
        this.paths = paths;
    }

    void hear(RunLog.Attempt attempt) {
        if (news.incrementAndGet() > MOST_NEWS) {
            news.decrementAndGet();
            overrun = true;
        } else {
            opened.add(attempt);
        }
    }

    /// Answers whether there were so many that all logs have to be looked through.
    boolean takeNews() {
        var all = overrun;
        overrun = false;
        for (var attempt = opened.poll(); attempt != null; attempt = opened.poll()) {
            news.decrementAndGet();
            growing.put(
                    attempt.run() + "/" + LogIndexWriter.key(attempt.task(), attempt.number()),
                    new Growing(attempt));
        }
        return all;
    }

    boolean isEmpty() {
        return growing.isEmpty();
    }

    int size() {
        return growing.size();
    }

    /// How many are as they will be, and aren't in the index yet.
    int waiting() {
        return (int) growing.values().stream().filter(Growing::waits).count();
    }

    void look(LogIndexing reading) throws SQLException, IOException {
        var each = growing.values().iterator();
        while (each.hasNext() && reading.hasRoom()) {
            var one = each.next();
            // In this order: what was written before its end is in the file then.
            var done = one.attempt.done();
            if (!one.attempt.wrote()) {
                if (done) {
                    each.remove();
                }
            } else if ((done || one.due())
                    && reading.read(one.attempt.run(), path(one.attempt))
                    && done) {
                each.remove();
            }
        }
    }

    private LogPaths.Attempt path(RunLog.Attempt attempt) {
        var file = paths.file(attempt.run(), attempt.task(), attempt.number());
        return new LogPaths.Attempt(file, attempt.task(), attempt.number());
    }

    private static final class Growing {

        private final RunLog.Attempt attempt;
        private int looks;

        Growing(RunLog.Attempt attempt) {
            this.attempt = attempt;
        }

        /// Once more after the last lines were flushed, which may still be under way.
        boolean due() {
            looks = attempt.hasGrown() ? 2 : looks - 1;
            return looks > 0;
        }

        boolean waits() {
            return attempt.wrote() && attempt.done();
        }
    }
}
