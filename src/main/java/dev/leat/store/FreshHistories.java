package dev.leat.store;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The histories of small runs that this node opened lately, kept as they are written: whoever
/// started one gets its answer without having it read back, which takes as long as a step of it.
///
/// What is here is on disk, and is what a question to the database would be answered with: only
/// runs that this node carries still, or has ended, and only while no other node could have
/// written of them.
@Singleton
class FreshHistories {

    private static final int MOST_RUNS = 256;
    private static final int MOST_TASKS = 50;
    private static final long MOST_BYTES = 64 * 1024;

    private final Fence fence;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, FreshHistory> histories =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, FreshHistory> eldest) {
                    return size() > MOST_RUNS;
                }
            };

    FreshHistories(RunFeed feed, Membership membership) {
        this.fence = membership;
        feed.followEntries(this::written);
    }

    /// As of the last commit; nothing where it has to be read.
    Optional<RunHistory> of(long run) {
        lock.lock();
        try {
            var known = histories.get(run);
            return known == null || !known.isOf(fence.node()) || fence.heard() && !known.ended()
                    ? Optional.empty()
                    : Optional.of(known.read());
        } finally {
            lock.unlock();
        }
    }

    /// By one thread at a time, the one that commits.
    private void written(JournalEntry entry) {
        lock.lock();
        try {
            if (!histories.isEmpty() || opens(entry)) {
                entry.rows.forEach(row -> add(row, entry.bytes()));
                for (var transition : entry.transitions) {
                    var known = histories.get(transition.run);
                    if (known != null) {
                        known.apply(transition);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean opens(JournalEntry entry) {
        return entry.rows.stream().anyMatch(Row.RunRow.class::isInstance);
    }

    private void add(Row row, long bytes) {
        switch (row) {
            case Row.RunRow opened -> keep(opened, bytes);
            case Row.RunUpdate update -> change(update.run(), bytes, known -> known.apply(update));
            case Row.TaskRow task -> change(task.key().run(), bytes, known -> known.apply(task));
            case Row.CancelRow cancel -> change(cancel.run(), bytes, known -> known.apply(cancel));
            case Row.OutputRow output -> change(output.key().run(), bytes, _ -> {});
            case Row.ClaimRow claim -> histories.remove(claim.run());
            case Row.LabelsRow labels -> change(labels.run(), bytes, known -> known.apply(labels));
            case Row.RevisionRow _,
                    Row.DeletedRow _,
                    Row.PoolRow _,
                    Row.DocumentRow _,
                    Row.WaitRow _,
                    Row.LabelRow _,
                    Row.FireRow _,
                    Row.CursorRow _,
                    Row.TriggerRow _,
                    Row.OperationRow _ -> {}
        }
    }

    private void keep(Row.RunRow row, long bytes) {
        var owner = row.owner();
        if (owner != null && row.opened().taskCount() <= MOST_TASKS && bytes <= MOST_BYTES) {
            histories.put(row.opened().run(), new FreshHistory(row, owner));
        }
    }

    private void change(long run, long bytes, Consumer<FreshHistory> change) {
        var known = histories.get(run);
        if (known == null) {
            return;
        }
        if (known.grow(bytes) > MOST_BYTES) {
            histories.remove(run);
        } else {
            change.accept(known);
        }
    }
}
