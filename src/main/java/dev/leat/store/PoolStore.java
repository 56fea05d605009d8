package dev.leat.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The pools and who is in them, for those who ask. Reads only: the [Journal] writes.
@ApplicationScoped
public class PoolStore {

    /// What a pool has that nobody gave a number to.
    public static final int PLACES = 1;

    private final Reads reads;

    PoolStore(Reads reads) {
        this.reads = reads;
    }

    /// A named semaphore and who is in.
    ///
    /// @param named whether it was given a number of places
    public record Pool(String name, int places, boolean named, List<Holder> holders) {

        public Pool {
            holders = List.copyOf(holders);
        }

        public int free() {
            return Math.max(0, places - holders.size());
        }
    }

    /// A task that has a place.
    public record Holder(long run, String task) {}

    public Pool pool(String name) {
        var places = reads.first("select places from pool where name = ?", Columns::integer, name);
        var holders =
                reads.list(
                        "select run, task from pool_place where pool = ? order by run, task",
                        row -> new Holder(row.number(), row.text()),
                        name);
        return new Pool(name, places.orElse(PLACES), places.isPresent(), holders);
    }

    /// Those that were given places, and those that somebody is in, by name.
    public List<Pool> pools() {
        var holders = holders();
        var pools =
                new ArrayList<>(
                        reads.list(
                                "select name, places from pool",
                                row -> {
                                    var name = row.text();
                                    var in = holders.remove(name);
                                    return new Pool(
                                            name, row.integer(), true, in == null ? List.of() : in);
                                }));
        holders.forEach((name, in) -> pools.add(new Pool(name, PLACES, false, in)));
        pools.sort((one, other) -> one.name().compareTo(other.name()));
        return pools;
    }

    private Map<String, List<Holder>> holders() {
        var holders = new LinkedHashMap<String, List<Holder>>();
        reads.list(
                "select pool, run, task from pool_place order by pool, run, task",
                row ->
                        holders.computeIfAbsent(row.text(), name -> new ArrayList<>())
                                .add(new Holder(row.number(), row.text())));
        return holders;
    }
}
