package dev.leat.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Entries on their way to the committer, in the order of the calls. Any thread adds, one at a time
/// takes, and one sleeps while there are none.
final class JournalQueue {

    private final ConcurrentLinkedQueue<JournalEntry> waiting = new ConcurrentLinkedQueue<>();

    /// Large outputs, apart: so that what becomes of runs doesn't wait for their bytes.
    private final ConcurrentLinkedQueue<JournalEntry> bulk = new ConcurrentLinkedQueue<>();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private static final long MOST_BULK = 2L * 1024 * 1024;

    /// Whose turn it is; the taker's alone, whoever that is at the moment.
    private boolean bulkNext;
    private volatile boolean open;
    private volatile boolean roused;
    private volatile @Nullable Thread sleeper;

    long changes() {
        return changes.get();
    }

    long bytes() {
        return bytes.get();
    }

    void open() {
        open = true;
    }

    /// Nothing is added from now on.
    void close() {
        open = false;
        wake();
    }

    /// Whether it was added. An entry that was added as the queue closed is taken still.
    ///
    /// @param wakes whether the sleeper is to hear of it; otherwise the caller sees to it
    boolean add(JournalEntry entry, boolean wakes) {
        if (!open) {
            return false;
        }
        count(entry.changes.size(), entry.bytes());
        var line = entry.bulk() ? bulk : waiting;
        line.add(entry);
        if (wakes) {
            wake();
        }
        if (open || !line.remove(entry)) {
            return true;
        }
        count(-entry.changes.size(), -entry.bytes());
        return false;
    }

    /// Sleeps while nothing waits and nobody rouses it. Somebody else may have taken what it was
    /// woken for.
    ///
    /// @return false once the queue is closed and nothing is left
    boolean awaitSome() {
        while (isEmpty() && !roused) {
            if (!open) {
                return false;
            }
            sleeper = Thread.currentThread();
            if (isEmpty() && open && !roused) {
                LockSupport.park(this);
            }
            sleeper = null;
        }
        roused = false;
        return true;
    }

    /// Wakes the sleeper, or keeps it from sleeping once, also where nothing waits.
    void rouse() {
        roused = true;
        wake();
    }

    /// What waits, up to about so many changes and bytes: what tells of states and what is bulk in
    /// turn. Empty where nothing waits.
    List<JournalEntry> take(long mostChanges, long mostBytes) {
        bulkNext = !bulk.isEmpty() && (bulkNext || waiting.isEmpty());
        var taken =
                bulkNext
                        ? take(bulk, mostChanges, MOST_BULK)
                        : take(waiting, mostChanges, mostBytes);
        bulkNext = !bulkNext;
        return taken;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && bulk.isEmpty();
    }

    private List<JournalEntry> take(
            ConcurrentLinkedQueue<JournalEntry> line, long mostChanges, long mostBytes) {
        var taken = new ArrayList<JournalEntry>();
        long takenChanges = 0;
        long takenBytes = 0;
        while (takenChanges < mostChanges && takenBytes < mostBytes) {
            var entry = line.poll();
            if (entry == null) {
                break;
            }
            taken.add(entry);
            takenChanges += entry.changes.size();
            takenBytes += entry.bytes();
        }
        count(-takenChanges, -takenBytes);
        return taken;
    }

    private void count(long moreChanges, long moreBytes) {
        changes.addAndGet(moreChanges);
        bytes.addAndGet(moreBytes);
    }

    void wake() {
        var asleep = sleeper;
        if (asleep != null) {
            LockSupport.unpark(asleep);
        }
    }
}
