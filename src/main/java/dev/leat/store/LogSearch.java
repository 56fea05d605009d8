package dev.leat.store;

import dev.leat.store.RunLogs.Line;
import dev.leat.store.search.LogIndex;
import dev.leat.store.search.LogIndex.Found;
import dev.leat.store.search.LogNeeds;
import dev.leat.store.search.LogPart;
import dev.leat.store.search.LogPartIds;
import dev.leat.store.search.LogQuery;
import dev.leat.task.LogKind;
import dev.leat.task.Refusal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final long MOST_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int PARTS_AT_ONCE = 64;
    private static final int MOST_AT_ONCE = 4;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /// How far each look goes back; each is so many times longer than the one before.
    private static final Duration FIRST_REACH = Duration.ofDays(1);

    private static final int LONGER = 8;

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

        private LogNeeds needs() {
            return LogNeeds.of(query, workflow, task, run, kinds);
        }

        private boolean fits(Line line) {
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
    // have
    ///     it, and aren't shown; null for here
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
            return new Looking(index, question).answer();
        } finally {
            places.release();
        }
    }

    /// One search.
    private final class Looking {

        private final LogIndex index;
        private final Question question;
        private final LogNeeds needs;
        private final long until = System.nanoTime() + MOST_NANOS;
        private final long oldest;
        private final List<Passage> passages = new ArrayList<>();
        private @Nullable Map<String, String> nodes;
        private int count;
        private long before;

        Looking(LogIndex index, Question question) {
            this.index = index;
            this.question = question;
            this.needs = question.needs();
            this.oldest =
                    question.since == null
                            ? 0
                            : LogPartIds.firstAt(question.since.minus(LogPart.LONGEST));
            this.before =
                    question.until == null
                            ? question.before
                            : Math.min(question.before, LogPartIds.firstAt(question.until));
        }

        Answer answer() {
            var reach = FIRST_REACH;
            // Nothing is newer than now, about; and a clock may have been ahead.
            var newest = before == Long.MAX_VALUE ? clock.instant() : LogPartIds.at(before);
            while (true) {
                long from = Math.max(oldest, LogPartIds.firstAt(newest.minus(reach)));
                switch (look(from)) {
                    case FULL -> {
                        return answer(before, false);
                    }
                    case TIME_UP -> {
                        return answer(before, true);
                    }
                    case DONE -> before = from;
                }
                if (from <= oldest || from == 0) {
                    return answer(0, false);
                }
                reach = reach.multipliedBy(LONGER);
            }
        }

        private Answer answer(long next, boolean timeUp) {
            return new Answer(
                    List.copyOf(passages),
                    count,
                    next,
                    next == 0 ? null : LogPartIds.at(next),
                    timeUp,
                    indexer.behind());
        }

        private End look(long from) {
            while (true) {
                List<Found> found;
                try {
                    found = index.find(new LogIndex.Question(needs, before, from, PARTS_AT_ONCE));
                } catch (SQLException e) {
                    LOG.debug("A search for logs", e);
                    if (passages.isEmpty() && before == question.before) {
                        throw new Refusal.Unavailable(
                                "The index of logs doesn't answer in time: %s. Look for rarer words, or in one workflow."
                                        .formatted(e.getMessage()),
                                RETRY_AFTER);
                    }
                    return End.TIME_UP;
                }
                for (var part : found) {
                    add(part);
                    before = part.id();
                    if (count >= question.limit || passages.size() >= question.limit) {
                        return End.FULL;
                    }
                    if (System.nanoTime() > until) {
                        return End.TIME_UP;
                    }
                }
                if (found.size() < PARTS_AT_ONCE) {
                    return End.DONE;
                }
            }
        }

        private void add(Found part) {
            var of = part.attempt();
            try {
                if (!part.place().equals(index.place())) {
                    passages.add(elsewhere(part));
                    return;
                }
                int number = Math.abs(of.number());
                var file = logs.paths().file(of.run(), of.task(), number);
                var log =
                        new LogPaths.Attempt(
                                number == of.number() ? file : LogPaths.tail(file),
                                of.task(),
                                number);
                for (var lines : LogPassages.of(log, part, question::fits, question.query)) {
                    count += lines.hits().size();
                    passages.add(
                            new Passage(
                                    of.run(),
                                    of.workflow(),
                                    of.task(),
                                    number,
                                    lines.lines(),
                                    lines.hits(),
                                    part.firstLine(),
                                    part.lastLine(),
                                    null));
                }
            } catch (NoSuchFileException _) {
                // Housekeeping was here, and the index will hear of it.
            } catch (IOException e) {
                LOG.debugf(e, "The log of run %s can't be searched.", Ids.text(of.run()));
            }
        }

        private Passage elsewhere(Found part) {
            var of = part.attempt();
            return new Passage(
                    of.run(),
                    of.workflow(),
                    of.task(),
                    Math.abs(of.number()),
                    List.of(),
                    Set.of(),
                    part.firstLine(),
                    part.lastLine(),
                    node(part.place()));
        }

        private String node(String place) {
            var known = nodes;
            if (known == null) {
                try {
                    known = index.places();
                } catch (SQLException e) {
                    LOG.debug("The places of logs", e);
                    known = Map.of();
                }
                nodes = known;
            }
            return known.getOrDefault(place, "another node");
        }
    }

    private enum End {
        FULL,
        TIME_UP,
        DONE
    }
}
