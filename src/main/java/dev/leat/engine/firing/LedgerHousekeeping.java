package dev.leat.engine.firing;

import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.Membership;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/// Forgets fires that the ledger has kept long enough. Open ones stay.
@Singleton
class LedgerHousekeeping {

    private final Journal journal;
    private final Membership membership;
    private final FiringConfig config;
    private final InstantSource clock;

    LedgerHousekeeping(
            Journal journal, Membership membership, FiringConfig config, InstantSource clock) {
        this.journal = journal;
        this.membership = membership;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(
            every = "1h",
            delayed = "7m",
            identity = "ledger",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tidy() {
        if (membership.holds()) {
            var before = Ids.firstAt(clock.instant().minus(config.keepFires()));
            journal.write(List.of(new Change.FiresForgotten(before))).join();
        }
    }
}
