package dev.leat.engine.report;

import dev.leat.store.Ids;
import dev.leat.store.PoolStore;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/// A named semaphore that tasks of all workflows share, as every door shows it.
///
/// @param named whether somebody gave it a number of places; otherwise it has one
/// @param taken how many tasks are in; more than places where it has become smaller meanwhile
/// @param holders who is in, the first hundred
@RegisterForReflection
public record PoolReport(
        String name, int places, int taken, int free, boolean named, List<Holder> holders) {

    private static final int HOLDERS = 100;

    public PoolReport {
        holders = List.copyOf(holders);
    }

    /// A task that has a place.
    @RegisterForReflection
    public record Holder(String run, String task) {}

    public static PoolReport of(PoolStore.Pool pool) {
        return new PoolReport(
                pool.name(),
                pool.places(),
                pool.holders().size(),
                pool.free(),
                pool.named(),
                pool.holders().stream()
                        .limit(HOLDERS)
                        .map(holder -> new Holder(Ids.text(holder.run()), holder.task()))
                        .toList());
    }
}
