package dev.leat.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The one way anything gets into the database: a group commit.
///
/// One committer thread takes all writes that are ready at one moment, from all runs, and puts them
// into one transaction with
/// one fsync; nobody waits for a timer. A write is kept whole or not at all.
@ApplicationScoped
public class Journal {

    /// Queues the changes, in the order of the calls. The answer completes once they are on disk,
    // or exceptionally when they
    /// aren't: with a [dev.leat.task.Refusal.Conflict] where a unique key refused them (an
    // idempotency key that is taken, a revision
    /// number that is taken). Completing runs on the committer's thread: hand longer work to
    // another.
    public CompletableFuture<Void> write(List<Change> changes) {
        throw new UnsupportedOperationException("not yet");
    }
}
