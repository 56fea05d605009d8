package dev.leat.store;

import dev.leat.store.Round.Applied;
import dev.leat.store.database.Failure;
import dev.leat.task.Refusal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Makes one transaction of a round, and tells those who wrote what became of it.
///
/// Used by one thread at a time; any may ask for the counts.
final class Storing {

    private static final Logger LOG = Logger.getLogger(Storing.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final RunFeed feed;
    private final Fence fence;
    private final AtomicLong transitions = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    Storing(RunFeed feed, Fence fence) {
        this.feed = feed;
        this.fence = fence;
    }

    long transitions() {
        return transitions.get();
    }

    long commits() {
        return commits.get();
    }

    long refused() {
        return refused.get();
    }

    /// One try. What is refused has heard of it when this returns, what can't wait any longer
    /// included; the others hear of it from [#settle].
    ///
    /// @param trouble for those who can't wait any longer
    /// @return null where all of it is refused
    /// @throws SQLException while the database is away
    @Nullable Applied store(JournalConnection link, Round round, @Nullable String trouble)
            throws SQLException {
        var before = round.applied;
        if (before != null && link.has(JournalBatch.of(before.kept()), before.node())) {
            return before;
        }
        round.applied = null;
        underWay(round, trouble);
        round.entries = unbroken(round.entries);
        return round.isEmpty() ? null : store(link, round);
    }

    /// Everything at once; where something in it is refused, one entry after another, so that only
    /// the guilty one is left out.
    ///
    /// @return null where all of it is refused, as it is in the name of a node that this process
    /// isn't any more
    private @Nullable Applied store(JournalConnection link, Round round) throws SQLException {
        var node = fence.node();
        round.entries = own(node, round.entries);
        if (round.entries.isEmpty()) {
            return null;
        }
        var looked = fence.shared() ? node : 0;
        var whole = new Applied(looked, round.entries, Map.of());
        if (storeWhole(link, round, whole)) {
            return whole;
        }
        // What it held of the node's row is gone with it.
        link.rollback();
        if (looked != 0 && !link.holds(looked)) {
            link.rollback();
            fence.lost(node, "others have taken it for gone");
            refuse(round.entries);
            return null;
        }
        var each = applyEach(link, round.entries, looked);
        commit(link, round, each);
        return each;
    }

    /// @return false where nothing of it is stored, and it has to be found out what of it can be
    private boolean storeWhole(JournalConnection link, Round round, Applied whole)
            throws SQLException {
        var atOnce = false;
        try {
            if (!link.apply(JournalBatch.of(whole.kept()), whole.node(), true)) {
                return false;
            }
            atOnce = link.isPending();
            commit(link, round, whole);
            return true;
        } catch (SQLException e) {
            if (round.applied != null && !atOnce || Failure.of(e) instanceof Failure.Away) {
                throw e;
            }
        } catch (RuntimeException | AssertionError e) {
            link.check(e);
            LOG.debugf(e, "A batch of %d writes can't be bound.", whole.kept().size());
        }
        round.applied = null;
        return false;
    }

    private void commit(JournalConnection link, Round round, Applied applied) throws SQLException {
        if (fence.heard()) {
            link.tell(Signals.messages(fence.node(), applied.kept()));
        }
        round.applied = applied;
        link.commit();
    }

    /// Those that are written in the name of the node that this process still is; the others are
    /// refused, as what they tell of is somebody else's by now.
    private List<JournalEntry> own(long node, List<JournalEntry> entries) {
        var others = entries.stream().filter(entry -> entry.node != node).toList();
        refuse(others);
        return others.isEmpty()
                ? entries
                : entries.stream().filter(entry -> entry.node == node).toList();
    }

    private void refuse(List<JournalEntry> entries) {
        refused.addAndGet(entries.size());
        for (var entry : entries) {
            entry.refuse(
                    new Refusal.Unavailable(
                            "This node lost its lease before it could be stored.", RETRY_AFTER));
        }
    }

    /// Refuses those that have waited too long, where it is sure that nothing of them is stored.
    void underWay(Round round, @Nullable String trouble) {
        if (round.applied != null) {
            return;
        }
        var some = round.patience.underWay(round.entries, trouble);
        refused.addAndGet(round.entries.size() - some.size());
        round.entries = some;
    }

    private List<JournalEntry> unbroken(List<JournalEntry> entries) {
        var broken = entries.stream().filter(entry -> entry.sequence.isBroken()).toList();
        if (broken.isEmpty()) {
            return entries;
        }
        refused.addAndGet(broken.size());
        broken.forEach(entry -> entry.refuse(baseless()));
        return entries.stream().filter(entry -> !broken.contains(entry)).toList();
    }

    private static Applied applyEach(JournalConnection link, List<JournalEntry> entries, long node)
            throws SQLException {
        var kept = new ArrayList<JournalEntry>();
        var failures = new LinkedHashMap<JournalEntry, RuntimeException>();
        var broken = new HashSet<Sequence>();
        for (var entry : entries) {
            try {
                if (broken.contains(entry.sequence)) {
                    failures.put(entry, baseless());
                } else if (link.alone(JournalBatch.of(List.of(entry)))) {
                    kept.add(entry);
                } else {
                    failures.put(entry, decidedElsewhere());
                }
            } catch (SQLException e) {
                switch (Failure.of(e)) {
                    case Failure.Away _ -> throw e;
                    case Failure.Taken taken ->
                            failures.put(entry, Conflicts.of(entry.changes, taken));
                    case Failure.Refused refused ->
                            failures.put(entry, Conflicts.unstorable(entry.changes, refused, e));
                }
            } catch (RuntimeException e) {
                link.check(e);
                failures.put(entry, e);
            }
            if (failures.containsKey(entry)) {
                broken.add(entry.sequence);
            }
        }
        return new Applied(node, kept, failures);
    }

    /// A lock is lost, or what was the current revision isn't.
    private static Refusal decidedElsewhere() {
        return new Refusal.Unavailable(
                "Another node may have decided about the same meanwhile; nothing is stored.",
                RETRY_AFTER);
    }

    private static Refusal baseless() {
        return new Refusal.Unavailable(
                "What it follows from could not be stored; nor is this.", RETRY_AFTER);
    }

    /// Watchers hear of it before those who wrote, so that whoever goes on finds it known.
    void settle(Applied applied) {
        if (!applied.kept().isEmpty()) {
            commits.incrementAndGet();
        }
        for (var entry : applied.kept()) {
            transitions.addAndGet(entry.transitions.size());
            feed.publish(entry);
        }
        applied.kept().forEach(entry -> entry.done.complete(null));
        refused.addAndGet(applied.failures().size());
        applied.failures().forEach(JournalEntry::refuse);
    }

    void giveUp(Round round, @Nullable String trouble) {
        var refusal =
                new Refusal.Unavailable(
                        "Leat stopped before it could be stored. " + trouble, RETRY_AFTER);
        refused.addAndGet(round.entries.size());
        round.entries.forEach(entry -> entry.refuse(refusal));
    }
}
