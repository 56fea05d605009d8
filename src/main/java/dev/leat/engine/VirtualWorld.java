package dev.leat.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/// What a [VirtualRun] and the runs that it starts share: the clock with all that is to come,
/// slots, pools, questions and signals.
final class VirtualWorld {

    /// More than any run of a size that fits a test has.
    private static final int MOST_STEPS = 100_000;

    private final VirtualRun.Setting setting;
    private final VirtualRun.Surroundings around;
    private final VirtualClock clock;
    private final Instant start;
    private final Random chance;
    private final VirtualHistory history;
    private final VirtualPools pools;
    private final VirtualWaits waits;
    private final List<VirtualExecution> runs = new ArrayList<>();
    private final PriorityQueue<Happening> coming =
            new PriorityQueue<>(
                    Comparator.comparing(Happening::at).thenComparing(Happening::order));
    private long order;
    private int running;
    private boolean pumping;

    private record Happening(Instant at, long order, Runnable action) {}

    VirtualWorld(VirtualRun.Setting setting, VirtualRun.Surroundings around, VirtualClock clock) {
        this.setting = setting;
        this.around = around;
        this.clock = clock;
        this.start = clock.instant();
        this.chance = new Random(setting.seed());
        this.history = new VirtualHistory(start);
        this.pools = new VirtualPools(setting.pools());
        this.waits = new VirtualWaits(this);
    }

    VirtualRun.Surroundings around() {
        return around;
    }

    VirtualHistory history() {
        return history;
    }

    VirtualPools pools() {
        return pools;
    }

    VirtualWaits waits() {
        return waits;
    }

    Random chance() {
        return chance;
    }

    Instant now() {
        return clock.instant();
    }

    /// The number of a run that begins to exist.
    long enter(VirtualExecution run) {
        runs.add(run);
        return runs.size();
    }

    void atTime(Duration sinceStart, Runnable action) {
        at(start.plus(sinceStart), action);
    }

    void after(Duration delay, Runnable action) {
        at(now().plus(delay), action);
    }

    /// Once what happens now has happened.
    void next(Runnable action) {
        at(now(), action);
    }

    void at(Instant when, Runnable action) {
        var now = now();
        coming.add(new Happening(when.isBefore(now) ? now : when, order++, action));
    }

    int freeSlots() {
        return setting.slots() - running;
    }

    void takeSlot() {
        running++;
    }

    /// Another run may have waited for it.
    void giveSlot() {
        running--;
        if (runs.size() > 1 && !pumping) {
            pumping = true;
            next(this::pump);
        }
    }

    private void pump() {
        pumping = false;
        List.copyOf(runs).forEach(VirtualExecution::pump);
    }

    void serve(String pool) {
        for (var next = pools.next(pool); next.isPresent(); next = pools.next(pool)) {
            next.get().run().entered(next.get().task(), pool);
        }
        pools.waiting(pool)
                .forEach(asking -> asking.run().poolFull(asking.task(), pools.full(pool)));
    }

    VirtualResult carry(VirtualExecution run) {
        run.start();
        var steps = 0;
        while (!run.ended()) {
            var next = coming.poll();
            if (next == null) {
                return history.result(
                        now(), "nothing would ever happen any more" + history.waiting());
            }
            if (++steps > MOST_STEPS) {
                return history.result(
                        now(), "it was given up after %,d steps".formatted(MOST_STEPS));
            }
            clock.set(next.at());
            next.action().run();
        }
        var result = history.result(now(), null);
        waits.tellLate();
        return result;
    }
}
