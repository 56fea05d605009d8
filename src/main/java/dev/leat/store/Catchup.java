package dev.leat.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Joins what is stored with what is heard live, for items that are numbered in the order they
/// came. The store is the truth; hearing only saves reading. A reader subscribes first, so whatever
/// it doesn't hear is stored before it reads.
final class Catchup<T extends Object> {

    private static final int ROOM = 4_096;
    private static final int BATCH = 1_000;
    private static final long MOST_WEIGHT = 1_000_000;

    @FunctionalInterface
    interface Reader<T> {
        List<T> read(long after, int limit);

        /// Whether there may be more than these.
        default boolean mayHaveMore(List<T> items, int limit) {
            return items.size() >= limit;
        }

        /// How much room one takes, about.
        default long weight(T item) {
            return 1;
        }
    }

    private final ToLongFunction<T> number;
    private final Reader<T> reader;
    private final ArrayBlockingQueue<T> heard = new ArrayBlockingQueue<>(ROOM);
    private final AtomicLong heardWeight = new AtomicLong();
    private volatile boolean behind = true;

    Catchup(ToLongFunction<T> number, Reader<T> reader) {
        this.number = number;
        this.reader = reader;
    }

    /// Called by the one who writes, so it never waits.
    void hear(T item) {
        long weight = reader.weight(item);
        if (heardWeight.addAndGet(weight) > MOST_WEIGHT || !heard.offer(item)) {
            heardWeight.addAndGet(-weight);
            behind = true;
        }
    }

    /// Whether something is stored that has neither been heard nor read.
    boolean behind() {
        return behind;
    }

    void lookAgain() {
        behind = true;
    }

    /// Some of what comes after a number, in order.
    List<T> take(long after) {
        return behind ? read(after) : drain(after);
    }

    /// All that is stored after a number, in order.
    List<T> readAll(long after) {
        var all = new ArrayList<T>();
        do {
            all.addAll(read(all.isEmpty() ? after : number.applyAsLong(all.getLast())));
        } while (behind);
        return all;
    }

    private List<T> read(long after) {
        // In this order: what comes after the clearing is heard, what came before is stored.
        behind = false;
        while (poll() != null) {
            // What was heard is stored, too.
        }
        var stored = reader.read(after, BATCH);
        if (reader.mayHaveMore(stored, BATCH)) {
            behind = true;
        }
        return stored;
    }

    private List<T> drain(long after) {
        var fresh = new ArrayList<T>();
        long last = after;
        for (var item = poll(); item != null; item = poll()) {
            long at = number.applyAsLong(item);
            if (at == last + 1) {
                fresh.add(item);
                last = at;
            } else if (at > last) {
                behind = true;
                break;
            }
        }
        return fresh;
    }

    private @Nullable T poll() {
        var item = heard.poll();
        if (item != null) {
            heardWeight.addAndGet(-reader.weight(item));
        }
        return item;
    }
}
