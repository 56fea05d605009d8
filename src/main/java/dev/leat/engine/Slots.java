package dev.leat.engine;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The attempts that may run at once in this process, shared by all runs in turn: a run that got
// some and wants more goes to the end
/// of the queue, so a large one can't starve a small one.
final class Slots {

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<RunExecution> waiting = new ArrayDeque<>();
    private final Set<RunExecution> queued = new HashSet<>();
    private final int total;
    private int free;
    private boolean closed;

    Slots(int total) {
        this.total = total;
        this.free = total;
    }

    /// Takes up to `wanted` slots, none where others are first in the queue. Who gets fewer than
    // wanted is queued and called later.
    int take(RunExecution run, int wanted) {
        lock.lock();
        try {
            var first = !closed && (waiting.isEmpty() || waiting.peek() == run);
            var taken = first ? Math.min(free, wanted) : 0;
            free -= taken;
            if (first && !waiting.isEmpty()) {
                waiting.poll();
                queued.remove(run);
            }
            if (taken < wanted && queued.add(run)) {
                waiting.add(run);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /// Gives slots back.
    ///
    /// @return who should take them now; null where nobody waits
    @Nullable RunExecution give(int count) {
        lock.lock();
        try {
            free += count;
            return free > 0 && !closed ? waiting.peek() : null;
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
            if (queued.remove(run)) {
                waiting.remove(run);
            }
        } finally {
            lock.unlock();
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

    int total() {
        return total;
    }
}
