package dev.leat.engine.firing;

import dev.leat.store.Fire;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Counts what becomes of fires in this process, and says so where there should have been a run.
@Singleton
public final class Tally {

    private static final Logger LOG = Logger.getLogger("dev.leat.triggers");

    private final Map<Fire.State, LongAdder> counts = new EnumMap<>(Fire.State.class);
    private final List<Consumer<Fire>> listeners = new CopyOnWriteArrayList<>();

    Tally() {
        for (var state : Fire.State.values()) {
            counts.put(state, new LongAdder());
        }
    }

    public long of(Fire.State state) {
        return counts.getOrDefault(state, new LongAdder()).sum();
    }

    /// Told of every fire that is in the ledger, on a thread that must not be kept long.
    public void listen(Consumer<Fire> listener) {
        listeners.add(listener);
    }

    void count(Fire fire) {
        counts.getOrDefault(fire.state(), new LongAdder()).increment();
        if (fire.state() == Fire.State.MISSED) {
            LOG.warnf(
                    "MISSED: trigger '%s' of '%s' should have started a run at %s: %s.",
                    fire.trigger(), fire.workflow(), fire.nominal(), fire.reason());
        }
        listeners.forEach(listener -> listener.accept(fire));
    }
}
