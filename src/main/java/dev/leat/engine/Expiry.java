package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.Journal;
import dev.leat.store.Membership;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/// Forgets signals that nobody took and outputs that are kept too long.
@Singleton
class Expiry {

    private final Journal journal;
    private final Membership membership;
    private final InstantSource clock;

    Expiry(Journal journal, Membership membership, InstantSource clock) {
        this.journal = journal;
        this.membership = membership;
        this.clock = clock;
    }

    @Scheduled(
            every = "1h",
            delayed = "6m",
            identity = "expiry",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tidy() {
        if (membership.holds()) {
            Writes.await(journal.write(List.of(new Change.ExpiredForgotten(clock.instant()))));
        }
    }
}
