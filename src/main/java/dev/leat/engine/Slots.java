package dev.leat.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The attempts that may run at once in this process, shared by all runs: those whose tasks have a
/// larger priority first, and among equals in turn. A run that got some and wants more goes to the
/// end of its equals, so a large one can't starve a small one.
final class Slots {

    private static final long BETWEEN_LOOKS = Duration.ofMillis(10).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final TreeSet<Waiting> waiting = new TreeSet<>();
    private final Map<RunExecution, Waiting> queued = new HashMap<>();
    private final int total;
    private long arrivals;
    private int free;
    private boolean closed;

    Slots(int total) {
        this.total = total;
        this.free = total;
    }

    /// Takes up to `wanted` slots, none where others come first. Who gets fewer than wanted is
    /// queued and called later.
    int take(RunExecution run, int wanted, int priority) {
        lock.lock();
        try {
            var taken = !closed && comesFirst(run, priority) ? Math.min(free, wanted) : 0;
            free -= taken;
            var known = queued.get(run);
            if (known != null && (taken > 0 || known.priority != priority || wanted == 0)) {
                forgetLocked(run);
                known = null;
            }
            if (known == null && taken < wanted) {
                var place = new Waiting(run, priority, arrivals++);
                queued.put(run, place);
                waiting.add(place);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private boolean comesFirst(RunExecution run, int priority) {
        if (waiting.isEmpty()) {
            return true;
        }
        var first = waiting.first();
        return first.run == run || priority > first.priority;
    }

    /// Gives slots back.
    ///
    /// @return who should take them now; null where nobody waits
    @Nullable RunExecution give(int count) {
        lock.lock();
        try {
            free += count;
            return free > 0 && !closed && !waiting.isEmpty() ? waiting.first().run : null;
        } finally {
            lock.unlock();
        }
    }

    /// Whoever is next while slots are free, so that one who left the queue doesn't hold it up.
    @Nullable RunExecution next() {
        return give(0);
    }

    /// Nobody gets a slot from now on.
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    void forget(RunExecution run) {
        lock.lock();
        try {
            forgetLocked(run);
        } finally {
            lock.unlock();
        }
    }

    private void forgetLocked(RunExecution run) {
        var place = queued.remove(run);
        if (place != null) {
            waiting.remove(place);
        }
    }

    int running() {
        lock.lock();
        try {
            return total - free;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until nobody has one, and no longer than this.
    void awaitIdle(Duration atMost) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (running() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    /// Slots that nobody has and nobody waits for.
    int free() {
        lock.lock();
        try {
            return Math.max(0, free - waiting.size());
        } finally {
            lock.unlock();
        }
    }

    int total() {
        return total;
    }

    private record Waiting(RunExecution run, int priority, long arrival)
            implements Comparable<Waiting> {

        @Override
        public int compareTo(Waiting other) {
            var byPriority = Integer.compare(other.priority, priority);
            return byPriority != 0 ? byPriority : Long.compare(arrival, other.arrival);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Waiting that && arrival == that.arrival;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(arrival);
        }
    }
}
