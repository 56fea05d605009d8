package dev.leat.store;

import dev.leat.store.database.Database;
import dev.leat.store.database.Failure;
import java.sql.SQLException;
import java.time.Duration;
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
    private final JournalQueue queue;
    private final Storing storing;
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
        this.queue = queue;
        this.storing = new Storing(feed, fence);
    }

    long transitions() {
        return storing.transitions();
    }

    long commits() {
        return storing.commits();
    }

    long refused() {
        return storing.refused();
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
        if (round.isEmpty() && trouble == null) {
            return;
        }
        try {
            for (var wait = FIRST_WAIT; !keep(round); wait = longer(wait)) {
                if (stopping && System.nanoTime() - stopBefore > 0) {
                    storing.giveUp(round, trouble);
                    return;
                }
                if (!patient) {
                    left = round;
                    return;
                }
                LockSupport.parkNanos(this, wait.toNanos());
            }
            if (round.isEmpty()) {
                if (patient) {
                    awaitWritable();
                } else {
                    left = round;
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "The journal failed on %d writes and goes on.", round.entries.size());
            round.entries.forEach(entry -> entry.refuse(e));
            disconnect();
        }
    }

    /// One try.
    ///
    /// @return whether each entry is on disk or refused; false while the database is away
    private boolean keep(Round round) {
        try {
            var applied = storing.store(connect(), round, trouble);
            if (applied != null) {
                trouble(null);
                storing.settle(applied);
            }
            return true;
        } catch (SQLException e) {
            disconnect();
            trouble(sentence(e));
            storing.underWay(round, trouble);
            return false;
        }
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
}
