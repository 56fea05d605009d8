package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.Journal;
import dev.leat.store.PoolStore;
import dev.leat.task.Refusal;
import dev.leat.workflow.PoolName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;

/// How many places pools have, as people set it.
@ApplicationScoped
class PoolSizes {

    private final PoolStore store;
    private final Pools pools;
    private final Journal journal;
    private final WorkflowExecutor executor;
    private final InstantSource clock;

    PoolSizes(
            PoolStore store,
            Pools pools,
            Journal journal,
            WorkflowExecutor executor,
            InstantSource clock) {
        this.store = store;
        this.pools = pools;
        this.journal = journal;
        this.executor = executor;
        this.clock = clock;
    }

    void set(String pool, int places) {
        PoolName.checked(pool);
        if (places < 0 || places > MainOrchestrator.MOST_PLACES) {
            throw new Refusal.Invalid(
                    "A pool has from 0 to %d places.".formatted(MainOrchestrator.MOST_PLACES),
                    List.of());
        }
        write(new Change.PoolSized(pool, places, clock.instant()), pool);
    }

    void remove(String pool) {
        if (!store.pool(PoolName.checked(pool)).named()) {
            throw new Refusal.NotFound(
                    "Nobody has given pool '%s' a number of places; it has one.".formatted(pool));
        }
        write(new Change.PoolRemoved(pool), pool);
    }

    /// Those who wait go on at once; other nodes hear of it.
    private void write(Change change, String pool) {
        Writes.await(journal.write(List.of(change)));
        executor.threads().execute(() -> pools.serve(pool));
    }
}
