package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.Locks;
import dev.leat.store.PoolStore;
import dev.leat.store.PoolStore.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Lets tasks into their pools: named semaphores that all workflows on all nodes share. Who has a
/// place is a row. Here are only the tasks of this node that wait for one: those with the largest
/// priority first, and then those that came first.
@ApplicationScoped
class Pools {

    private static final Logger LOG = Logger.getLogger(Pools.class);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Comparator<Waiter> IN_ORDER =
            Comparator.comparingInt((Waiter waiter) -> -waiter.task.spec.priority())
                    .thenComparingLong(waiter -> waiter.arrival);

    private final PoolStore pools;
    private final Journal journal;
    private final Locks locks;
    private final Timers timers;
    private final InstantSource clock;
    private final Map<String, List<Waiter>> waiting = new HashMap<>();
    private long arrivals;

    Pools(PoolStore pools, Journal journal, Locks locks, Timers timers, InstantSource clock) {
        this.pools = pools;
        this.journal = journal;
        this.locks = locks;
        this.timers = timers;
        this.clock = clock;
    }

    /// A task's time has come, but for its place. The run is told once it has one, or why it waits.
    void ask(String pool, RunExecution run, TaskCell task, Executor threads) {
        synchronized (waiting) {
            waiting.computeIfAbsent(pool, name -> new ArrayList<>())
                    .add(new Waiter(run, task, arrivals++));
        }
        threads.execute(() -> serve(pool));
    }

    /// The run waits for nothing any more here.
    void forget(RunExecution run) {
        synchronized (waiting) {
            waiting.values().forEach(line -> line.removeIf(waiter -> waiter.run == run));
            waiting.values().removeIf(List::isEmpty);
        }
    }

    /// Places may have come free.
    void serveAll() {
        List<String> names;
        synchronized (waiting) {
            names = List.copyOf(waiting.keySet());
        }
        names.forEach(this::serve);
    }

    void serve(String pool) {
        try {
            var served = locks.within("pool " + pool, () -> serveLocked(pool));
            served.entered.forEach(waiter -> tellEntered(pool, waiter));
            served.left.forEach(waiter -> waiter.run.poolFull(waiter.task, served.reason));
        } catch (RuntimeException away) {
            LOG.debugf(away, "Pool '%s' can't be looked at the moment.", pool);
            timers.at(
                    clock.instant().plus(AFTER_TROUBLE),
                    () -> Thread.startVirtualThread(() -> serve(pool)));
        }
    }

    private record Served(List<Waiter> entered, List<Waiter> left, String reason) {}

    private Served serveLocked(String pool) {
        synchronized (waiting) {
            if (!waiting.containsKey(pool)) {
                return new Served(List.of(), List.of(), "");
            }
        }
        var now = pools.pool(pool);
        var first = first(pool, now.free());
        var changes = new ArrayList<Change>();
        first.forEach(
                waiter ->
                        changes.add(
                                new Change.PoolEntered(
                                        pool, waiter.run.run().id(), waiter.task.id())));
        Writes.await(journal.write(changes));
        return new Served(first, enter(pool, first), reason(now, first));
    }

    private List<Waiter> first(String pool, int places) {
        synchronized (waiting) {
            var line = waiting.getOrDefault(pool, List.of());
            return line.stream().sorted(IN_ORDER).limit(places).toList();
        }
    }

    /// @return those who wait still and haven't been told why
    private List<Waiter> enter(String pool, List<Waiter> entered) {
        synchronized (waiting) {
            var line = waiting.getOrDefault(pool, new ArrayList<>());
            line.removeAll(entered);
            if (line.isEmpty()) {
                waiting.remove(pool);
            }
            var untold = line.stream().filter(waiter -> !waiter.told).toList();
            untold.forEach(waiter -> waiter.told = true);
            return untold;
        }
    }

    /// One who is gone or was stopped meanwhile leaves the place to the next.
    private void tellEntered(String pool, Waiter waiter) {
        if (!waiter.run.entered(waiter.task)) {
            journal.write(
                            List.of(
                                    new Change.PoolLeft(
                                            pool, waiter.run.run().id(), waiter.task.id())))
                    .thenRun(() -> Thread.startVirtualThread(() -> serve(pool)));
        }
    }

    private static String reason(Pool pool, List<Waiter> entered) {
        var holders = new ArrayList<String>();
        pool.holders().forEach(holder -> holders.add(Ids.text(holder.run())));
        entered.forEach(waiter -> holders.add(Ids.text(waiter.run.run().id())));
        var which = holders.stream().distinct().limit(3).collect(Collectors.joining(", "));
        return "waits for one of the %d places of pool '%s'%s"
                .formatted(
                        pool.places(),
                        pool.name(),
                        which.isEmpty() ? "" : ", held by run " + which);
    }

    private static final class Waiter {
        private final RunExecution run;
        private final TaskCell task;
        private final long arrival;
        private boolean told;

        private Waiter(RunExecution run, TaskCell task, long arrival) {
            this.run = run;
            this.task = task;
            this.arrival = arrival;
        }
    }
}
