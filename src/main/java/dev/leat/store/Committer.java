package dev.leat.store;

import dev.leat.store.database.Database;
import dev.leat.store.database.Failure;
import dev.leat.task.Refusal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Commits: takes what waits, makes it one transaction, says that it is done. One thread at a time
/// does that: the committer's own, or one that has written something and would only wait for it
/// otherwise. So a lone run needs no other thread, and many at once share one commit.
final class Committer implements Runnable {

    private static final Logger LOG = Logger.getLogger(Committer.class);

    /// What one transaction takes at most. Large enough that the fsync is a small part of it, small
    /// enough that the first of it isn't kept waiting for the last.
    private static final long MOST_CHANGES = 4_000;
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private static final Duration LAST_TRIES = Duration.ofSeconds(5);

    private final Database database;
    private final RunFeed feed;
    private final JournalQueue queue;
    private final Fence fence;
    private final AtomicLong transitions = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile @Nullable String trouble;
    private volatile boolean stopping;
    private volatile long stopBefore;
    private @Nullable Thread thread;

    /// Who commits has it, and with it the connection.
    private final ReentrantLock turn = new ReentrantLock();

    private @Nullable JournalConnection connection;

    /// What a thread that helped could not put on disk, and the committer's own goes on with.
    private volatile @Nullable Round left;

    Committer(Database database, RunFeed feed, JournalQueue queue, Fence fence) {
        this.database = database;
        this.feed = feed;
        this.queue = queue;
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

    /// Why nothing can be written at the moment; null when all is well.
    @Nullable String trouble() {
        return trouble;
    }

    void start() {
        queue.open();
        stopping = false;
        // It may be cut off with the process: what it hasn't committed, nobody was told of.
        thread = Thread.ofPlatform().name("leat-journal").daemon(true).start(this);
    }

    void stop() {
        var running = thread;
        if (running == null) {
            return;
        }
        stopBefore = System.nanoTime() + LAST_TRIES.toNanos();
        stopping = true;
        queue.close();
        LockSupport.unpark(running);
        try {
            running.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public void run() {
        while (queue.awaitSome()) {
            turn.lock();
            try {
                commit(next(), true);
            } finally {
                turn.unlock();
            }
        }
        turn.lock();
        try {
            // A thread that helped may have had trouble last.
            commit(next(), true);
            disconnect();
        } finally {
            turn.unlock();
        }
    }

    /// See [Journal#help]. Waits for nothing: trouble is left to the committer's own thread.
    void help() {
        if (turn.isHeldByCurrentThread() || !turn.tryLock()) {
            return;
        }
        // An interrupt would close the connection under way.
        var interrupted = Thread.interrupted();
        try {
            if (left == null) {
                commit(next(), false);
            }
        } finally {
            turn.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (left != null || !queue.isEmpty()) {
            queue.rouse();
        }
    }

    private Round next() {
        var before = left;
        left = null;
        return before == null ? new Round(queue.take(MOST_CHANGES, MOST_BYTES)) : before;
    }

    /// @param patient whether this thread may wait for the end of trouble
    private void commit(Round round, boolean patient) {
        if (round.entries.isEmpty() && trouble == null) {
            return;
        }
        try {
            while (!keep(round)) {
                if (stopping && System.nanoTime() - stopBefore > 0) {
                    giveUp(round.entries);
                    return;
                }
                if (!patient) {
                    left = round;
                    return;
                }
                LockSupport.parkNanos(this, round.wait.toNanos());
                round.wait = longer(round.wait);
            }
            if (round.entries.isEmpty()) {
                if (patient) {
                    awaitWritable();
                } else {
                    left = round;
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "The journal failed on %d writes and goes on.", round.entries.size());
            round.entries.forEach(entry -> entry.done.completeExceptionally(e));
            disconnect();
        }
    }

    /// One try. What can't wait any longer is refused.
    ///
    /// @return whether each entry is on disk or refused; false while the database is away
    private boolean keep(Round round) {
        try {
            var link = connect();
            var applied = round.applied;
            if (applied == null || !link.has(JournalBatch.of(applied.kept), applied.node)) {
                round.applied = null;
                underWay(round);
                if (round.entries.isEmpty()) {
                    return true;
                }
                applied = store(link, round);
                if (applied == null) {
                    return true;
                }
            }
            trouble(null);
            settle(applied);
            return true;
        } catch (SQLException e) {
            disconnect();
            trouble(sentence(e));
            if (round.applied == null) {
                underWay(round);
            }
            return false;
        }
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
            if (!link.apply(JournalBatch.of(whole.kept), whole.node, true)) {
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
            LOG.debugf(e, "A batch of %d writes can't be bound.", whole.kept.size());
        }
        round.applied = null;
        return false;
    }

    private void commit(JournalConnection link, Round round, Applied applied) throws SQLException {
        if (fence.heard()) {
            link.tell(Signals.messages(fence.node(), applied.kept));
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
            entry.done.completeExceptionally(
                    new Refusal.Unavailable(
                            "This node lost its lease before it could be stored.", LONGEST_WAIT));
        }
    }

    /// Without those that have waited too long. Only where it is sure that nothing of them is
    /// stored.
    private void underWay(Round round) {
        var some = round.patience.underWay(round.entries, trouble);
        refused.addAndGet(round.entries.size() - some.size());
        round.entries = some;
    }

    /// Until something waits to be written again: so the end of the trouble is noticed also where
    /// nobody writes because of it.
    private void awaitWritable() {
        for (var wait = FIRST_WAIT; queue.changes() == 0 && !stopping; wait = longer(wait)) {
            try {
                connect().tryOut();
                trouble(null);
                return;
            } catch (SQLException e) {
                disconnect();
                trouble(sentence(e));
            }
            LockSupport.parkNanos(this, wait.toNanos());
        }
    }

    private static Applied applyEach(JournalConnection link, List<JournalEntry> entries, long node)
            throws SQLException {
        var kept = new ArrayList<JournalEntry>();
        var failures = new LinkedHashMap<JournalEntry, RuntimeException>();
        for (var entry : entries) {
            try {
                if (link.alone(JournalBatch.of(List.of(entry)))) {
                    kept.add(entry);
                } else {
                    failures.put(entry, lockLost());
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
        }
        return new Applied(node, kept, failures);
    }

    private static Refusal lockLost() {
        return new Refusal.Unavailable(
                "Another node may have decided about the same meanwhile; nothing is stored.",
                LONGEST_WAIT);
    }

    /// Watchers hear of it before those who wrote, so that whoever goes on finds it known.
    private void settle(Applied applied) {
        if (!applied.kept.isEmpty()) {
            commits.incrementAndGet();
        }
        for (var entry : applied.kept) {
            transitions.addAndGet(entry.transitions.size());
            feed.publish(entry);
        }
        applied.kept.forEach(entry -> entry.done.complete(null));
        refused.addAndGet(applied.failures.size());
        applied.failures.forEach((entry, failure) -> entry.done.completeExceptionally(failure));
    }

    private void giveUp(List<JournalEntry> entries) {
        var refusal =
                new Refusal.Unavailable(
                        "Leat stopped before it could be stored. " + trouble, LONGEST_WAIT);
        refused.addAndGet(entries.size());
        entries.forEach(entry -> entry.done.completeExceptionally(refusal));
    }

    private JournalConnection connect() throws SQLException {
        var known = connection;
        if (known != null) {
            return known;
        }
        var opened = new JournalConnection(database);
        connection = opened;
        return opened;
    }

    private void disconnect() {
        var known = connection;
        connection = null;
        if (known != null) {
            known.close();
        }
    }

    private String sentence(SQLException failure) {
        return "The database %s can't be written: %s. Leat tries again until it can."
                .formatted(database.place(), Failure.of(failure).message());
    }

    private void trouble(@Nullable String now) {
        var before = trouble;
        trouble = now;
        if (now != null && !now.equals(before)) {
            LOG.error(now);
        } else if (now == null && before != null) {
            LOG.info("The database can be written again.");
        }
    }

    private static Duration longer(Duration wait) {
        var doubled = wait.multipliedBy(2);
        return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
    }

    /// What a transaction holds, and what it had to leave out.
    ///
    /// @param node whose row it looked at; 0 for none
    private record Applied(
            long node, List<JournalEntry> kept, Map<JournalEntry, RuntimeException> failures) {}

    /// Entries on their way to disk, which may take several tries.
    private static final class Round {

        private final Patience patience = new Patience();
        private List<JournalEntry> entries;
        private @Nullable Applied applied;
        private Duration wait = FIRST_WAIT;

        private Round(List<JournalEntry> entries) {
            this.entries = entries;
        }
    }
}
