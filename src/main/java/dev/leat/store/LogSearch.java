package dev.leat.store;

import dev.leat.store.RunLogs.Line;
import dev.leat.store.search.LogNeeds;
import dev.leat.store.search.LogQuery;
import dev.leat.task.LogKind;
import dev.leat.task.Refusal;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Looks for lines in all logs that are kept, the newest first. The index says where to look, and
/// the files which lines fit, so that what is found is exact.
///
/// A search takes a few seconds at most: one that has more to do says how far back it came, and
/// goes on from there.
@Singleton
public class LogSearch {

    private static final Logger LOG = Logger.getLogger(LogSearch.class);
    private static final int MOST_AT_ONCE = 4;
    static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final LogIndexer indexer;
    private final RunLogs logs;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    LogSearch(LogIndexer indexer, RunLogs logs, InstantSource clock) {
        this.indexer = indexer;
        this.logs = logs;
        this.clock = clock;
    }

    /// What is looked for.
    ///
    /// @param run 0 for all
    /// @param kinds empty for all
    /// @param before where to go on, of an [Answer]; [Long#MAX_VALUE] for the newest
    /// @param limit how many lines make a page, about
    public record Question(
            LogQuery query,
            @Nullable String workflow,
            @Nullable String task,
            long run,
            Set<LogKind> kinds,
            @Nullable Instant since,
            @Nullable Instant until,
            long before,
            int limit) {

        LogNeeds needs() {
            return LogNeeds.of(query, workflow, task, run, kinds);
        }

        boolean fits(Line line) {
            return (kinds.isEmpty() || kinds.contains(line.kind()))
                    && (since == null || !line.at().isBefore(since))
                    && (until == null || line.at().isBefore(until))
                    && query.fits(line.text());
        }
    }

    /// Some lines of one attempt that follow each other. Long ones are cut, around what was found.
    ///
    /// @param hits the numbers of those that fit; the others stand beside them
    /// @param node where they are, if that isn't here: then the lines from `first` to `last` may
    /// have it, and aren't shown; null for here
    public record Passage(
            long run,
            String workflow,
            String task,
            int attempt,
            List<Line> lines,
            Set<Long> hits,
            long first,
            long last,
            @Nullable String node) {}

    /// @param count how many lines fit, of those shown
    /// @param next the [Question#before] that goes on; 0 where there is nothing more
    /// @param back to when everything was looked at
    /// @param timeUp whether it ends here because it took long
    /// @param behind how many logs have lines that aren't in the index yet, about
    public record Answer(
            List<Passage> passages,
            int count,
            long next,
            @Nullable Instant back,
            boolean timeUp,
            int behind) {}

    /// How the index is.
    ///
    /// @param bytes what it takes
    /// @param trouble why it can't be kept; null while it can
    public record Status(boolean enabled, long bytes, int behind, @Nullable String trouble) {}

    public boolean enabled() {
        return indexer.enabled();
    }

    public Status status() {
        var index = indexer.index();
        long bytes = 0;
        try {
            bytes = index == null ? 0 : index.bytes();
        } catch (SQLException e) {
            LOG.debug("The size of the index of logs", e);
        }
        return new Status(indexer.enabled(), bytes, indexer.behind(), indexer.trouble());
    }

    /// @throws Refusal.Conflict where there is no index
    /// @throws Refusal.Unavailable where it isn't there yet, or too many search
    public Answer find(Question question) {
        if (!indexer.enabled()) {
            throw new Refusal.Conflict(
                    "Logs aren't searched here: the index is turned off. Set leat.logs.search.enabled to true and start Leat again.");
        }
        var index = indexer.index();
        if (index == null) {
            throw new Refusal.Unavailable(
                    "The index of logs isn't open yet"
                            + (indexer.trouble() == null ? "." : ": " + indexer.trouble()),
                    RETRY_AFTER);
        }
        if (!places.tryAcquire()) {
            throw new Refusal.Unavailable("Too many people search the logs at once.", RETRY_AFTER);
        }
        try {
            return new LogLooking(index, logs.paths(), question, clock.instant())
                    .answer(indexer.behind());
        } finally {
            places.release();
        }
    }
}
