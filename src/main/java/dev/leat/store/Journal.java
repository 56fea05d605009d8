package dev.leat.store;

import dev.leat.store.database.Database;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The one way anything gets into the database: a group commit.
///
/// One thread at a time takes all writes that are ready at one moment, from all runs, and puts them
/// into one transaction with one fsync; nobody waits for a timer. A write is kept whole or not at
/// all, and exactly once: where a commit ended in an error, the journal looks whether it took place
/// before it tries again.
///
/// While the database is away or its disk is full, what tells of running work waits and is written
/// once the database is back; what would begin something new is refused.
@ApplicationScoped
public class Journal {

    /// More than this waits only if the database is away: then it is better to say so.
    private static final long MOST_QUEUED_CHANGES = 500_000;
    private static final long MOST_QUEUED_BYTES = 512L * 1024 * 1024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final JournalQueue queue = new JournalQueue();
    private final AtomicLong refusedHere = new AtomicLong();
    private final Committer committer;
    private final Fence fence;

    /// For a process that is alone with its database.
    Journal(Database database, RunFeed feed) {
        this(database, feed, Fence.NONE);
    }

    @Inject
    Journal(Database database, RunFeed feed, Membership membership) {
        this(database, feed, (Fence) membership);
    }

    Journal(Database database, RunFeed feed, Fence fence) {
        this.fence = fence;
        this.committer = new Committer(database, feed, queue, fence);
    }

    /// Queues the changes, in the order of the calls. The answer completes once they are on disk,
    /// or exceptionally when they aren't: with a [Refusal.Conflict] where a unique key refused them
    /// (an idempotency key that is taken, a revision number that is taken), a
    /// [Refusal.Unavailable] where they were not tried, or what they were decided by isn't so any
    /// more. Completing runs on the thread that commits: hand longer work to another.
    public CompletableFuture<Void> write(List<Change> changes) {
        return write(changes, fence.node());
    }

    /// The same of a run that this process took as that node. Where it has lost its lease since,
    /// the run is another's, and nothing is stored, also if it is a node again by now.
    public CompletableFuture<Void> write(List<Change> changes, long node) {
        return write(changes, node, new Sequence(), true);
    }

    /// The same of one that goes on from what it wrote before: nothing of the sequence is stored
    /// once something of it wasn't.
    public CompletableFuture<Void> write(List<Change> changes, long node, Sequence sequence) {
        return write(changes, node, sequence, true);
    }

    /// The same for a thread that will call [#help] before it does anything else, and needs nobody
    /// to be woken for its changes.
    public CompletableFuture<Void> writeAndHelp(
            List<Change> changes, long node, Sequence sequence) {
        return write(changes, node, sequence, false);
    }

    /// Puts what waits on disk from this thread, where nobody is at it just then: a lone run goes
    /// on without a switch to another thread and back for each of its steps.
    ///
    /// The thread must hold no lock that is wanted by those who are told that their changes are on
    /// disk: some of them may be told on it. A lock over all nodes is known, and somebody else
    /// commits then.
    public void help() {
        if (Locks.held() == null) {
            committer.help();
        } else {
            queue.wake();
        }
    }

    private CompletableFuture<Void> write(
            List<Change> changes, long node, Sequence sequence, boolean wakes) {
        if (changes.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        var entry = new JournalEntry(changes, node, Locks.held(), sequence);
        var refusal = refusal(entry);
        if (refusal == null && queue.add(entry, wakes)) {
            return entry.done;
        }
        refusedHere.incrementAndGet();
        entry.refuse(
                new Refusal.Unavailable(
                        refusal == null
                                ? "Leat is stopping, or hasn't started yet; nothing is stored now."
                                : refusal,
                        RETRY_AFTER));
        return entry.done;
    }

    /// Why it isn't even tried; null where it is.
    private @Nullable String refusal(JournalEntry entry) {
        if (entry.node == 0 || entry.node != fence.node()) {
            return "This node has lost its lease; nothing is stored of what it had.";
        }
        var trouble = committer.trouble();
        if (trouble != null && entry.begins()) {
            return "Nothing new can be stored at the moment: " + trouble;
        }
        if (queue.changes() > MOST_QUEUED_CHANGES || queue.bytes() > MOST_QUEUED_BYTES) {
            return "Too much waits to be stored. "
                    + Objects.requireNonNullElse(
                            trouble, "The database is slower than the work that comes in.");
        }
        return null;
    }

    public JournalStatistics statistics() {
        return new JournalStatistics(
                committer.transitions(),
                committer.commits(),
                committer.refused() + refusedHere.get(),
                queue.changes(),
                committer.trouble());
    }

    void start() {
        committer.start();
    }

    /// Returns once everything that was queued is on disk, or can't be put there.
    void stop() {
        committer.stop();
    }
}
