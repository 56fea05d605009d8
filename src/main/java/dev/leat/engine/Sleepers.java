package dev.leat.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;

/// Runs that this node carries and in which nothing happens for a while: their tasks wait for a
/// moment. What is on disk of them is enough; here is only their id, and when to read them again.
final class Sleepers {

    private final Timers timers;
    private final InstantSource clock;
    private final Duration shortest;
    private final LongConsumer wake;
    private final Map<Long, Timers.Alarm> asleep = new ConcurrentHashMap<>();

    /// @param shortest runs with less to wait stay in memory
    Sleepers(Timers timers, InstantSource clock, Duration shortest, LongConsumer wake) {
        this.timers = timers;
        this.clock = clock;
        this.shortest = shortest;
        this.wake = wake;
    }

    int count() {
        return asleep.size();
    }

    void add(long run, Instant until) {
        // Before it is due, so that it is in memory by then; and not all at once, where many wait
        // for the same moment.
        var early = shortest.dividedBy(2).toMillis();
        var at = until.minusMillis(early / 3 + ThreadLocalRandom.current().nextLong(1 + early));
        var earliest = clock.instant();
        asleep.put(
                run,
                timers.at(
                        at.isBefore(earliest) ? earliest : at,
                        () -> {
                            if (asleep.remove(run) != null) {
                                wake.accept(run);
                            }
                        }));
    }

    /// @return whether it slept here
    boolean awaken(long run) {
        var alarm = asleep.remove(run);
        if (alarm == null) {
            return false;
        }
        alarm.cancel();
        return true;
    }

    void clear() {
        asleep.values().forEach(Timers.Alarm::cancel);
        asleep.clear();
    }
}
