package dev.leat.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pools and who is in them, for those who ask. Reads only: the [Journal] writes.
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class PoolStore {

    /// What a pool has that nobody gave a number to.
    public static final int PLACES = 1;

    private final EntityManager entities;

    PoolStore(EntityManager entities) {
        this.entities = entities;
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
        var places = places(name);
        return new Pool(
                name,
                places == null ? PLACES : places,
                places != null,
                holders(name).getOrDefault(name, List.of()));
    }

    /// Those that were given places, and those that somebody is in, by name.
    public List<Pool> pools() {
        var holders = holders(null);
        var pools = new ArrayList<Pool>();
        for (var row : rows("select name, places from pool order by name")) {
            var name = (String) row[0];
            var in = holders.remove(name);
            pools.add(
                    new Pool(
                            name, ((Number) row[1]).intValue(), true, in == null ? List.of() : in));
        }
        holders.forEach((name, in) -> pools.add(new Pool(name, PLACES, false, in)));
        pools.sort((one, other) -> one.name().compareTo(other.name()));
        return pools;
    }

    private @Nullable Integer places(String name) {
        List<?> found =
                entities.createNativeQuery("select places from pool where name = :name")
                        .setParameter("name", name)
                        .getResultList();
        return found.isEmpty() ? null : (Integer) ((Number) found.getFirst()).intValue();
    }

    private Map<String, List<Holder>> holders(@Nullable String pool) {
        var holders = new LinkedHashMap<String, List<Holder>>();
        var where = pool == null ? "" : " where pool = :pool";
        var query =
                entities.createNativeQuery(
                        "select pool, run, task from pool_place"
                                + where
                                + " order by pool, run, task");
        if (pool != null) {
            query.setParameter("pool", pool);
        }
        for (var row : (List<?>) query.getResultList()) {
            var columns = (Object[]) row;
            holders.computeIfAbsent((String) columns[0], name -> new ArrayList<>())
                    .add(new Holder(((Number) columns[1]).longValue(), (String) columns[2]));
        }
        return holders;
    }

    @SuppressWarnings("unchecked")
    private List<Object[]> rows(String sql) {
        return (List<Object[]>) entities.createNativeQuery(sql).getResultList();
    }
}
