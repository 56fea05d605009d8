package dev.leat.store;

import dev.leat.store.LogSearch.Answer;
import dev.leat.store.LogSearch.Passage;
import dev.leat.store.LogSearch.Question;
import dev.leat.store.search.LogIndex;
import dev.leat.store.search.LogIndex.Found;
import dev.leat.store.search.LogNeeds;
import dev.leat.store.search.LogPart;
import dev.leat.store.search.LogPartIds;
import dev.leat.task.Refusal;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One search.
final class LogLooking {

    private static final Logger LOG = Logger.getLogger(LogLooking.class);
    private static final long MOST_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int PARTS_AT_ONCE = 64;

    /// How far each look goes back; each is so many times longer than the one before.
    private static final Duration FIRST_REACH = Duration.ofDays(1);

    private static final int LONGER = 8;

    private final LogIndex index;
    private final LogPaths paths;
    private final Instant now;
    private final Question question;
    private final LogNeeds needs;
    private final long until = System.nanoTime() + MOST_NANOS;
    private final long oldest;
    private final List<Passage> passages = new ArrayList<>();
    private @Nullable Map<String, String> nodes;
    private int count;
    private int behind;
    private long before;

    /// @param now about
    LogLooking(LogIndex index, LogPaths paths, Question question, Instant now) {
        this.index = index;
        this.paths = paths;
        this.now = now;
        this.question = question;
        this.needs = question.needs();
        this.oldest =
                question.since() == null
                        ? 0
                        : LogPartIds.firstAt(question.since().minus(LogPart.LONGEST));
        this.before =
                question.until() == null
                        ? question.before()
                        : Math.min(question.before(), LogPartIds.firstAt(question.until()));
    }

    /// @param behind how many logs aren't in the index yet
    Answer answer(int behind) {
        this.behind = behind;
        var reach = FIRST_REACH;
        // Nothing is newer than now, about; and a clock may have been ahead.
        var newest = before == Long.MAX_VALUE ? now : LogPartIds.at(before);
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
                behind);
    }

    private End look(long from) {
        while (true) {
            List<Found> found;
            try {
                found = index.find(new LogIndex.Question(needs, before, from, PARTS_AT_ONCE));
            } catch (SQLException e) {
                LOG.debug("A search for logs", e);
                if (passages.isEmpty() && before == question.before()) {
                    throw new Refusal.Unavailable(
                            "The index of logs doesn't answer in time: %s. Look for rarer words, or in one workflow."
                                    .formatted(e.getMessage()),
                            LogSearch.RETRY_AFTER);
                }
                return End.TIME_UP;
            }
            for (var part : found) {
                add(part);
                before = part.id();
                if (count >= question.limit() || passages.size() >= question.limit()) {
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
            var file = paths.file(of.run(), of.task(), number);
            var log =
                    new LogPaths.Attempt(
                            number == of.number() ? file : LogPaths.tail(file), of.task(), number);
            for (var lines : LogPassages.of(log, part, question::fits, question.query())) {
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

    private enum End {
        FULL,
        TIME_UP,
        DONE
    }
}
