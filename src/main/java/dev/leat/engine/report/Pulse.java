package dev.leat.engine.report;

import dev.leat.store.RunFeed;
import dev.leat.store.RunLogs;
import dev.leat.store.TaskState;
import dev.leat.store.Transition;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// How many attempts this process has started in each of the last minutes. In memory: after a start
/// it begins anew.
@ApplicationScoped
public class Pulse {

    /// Minutes that are remembered.
    public static final int MINUTES = 60;

    private static final long MINUTE_MILLIS = 60_000;

    /// One more than is told, for the minute that goes on.
    private static final int PLACES = MINUTES + 1;

    private final RunFeed feed;
    private final InstantSource clock;

    /// By minute modulo places: which minute a count is of, and the count.
    private final AtomicLongArray minutes = new AtomicLongArray(PLACES);

    private final AtomicLongArray counts = new AtomicLongArray(PLACES);
    private RunLogs.@Nullable Subscription subscription;

    Pulse(RunFeed feed, InstantSource clock) {
        this.feed = feed;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        subscription = feed.followAll(this::count);
    }

    @PreDestroy
    void stop() {
        if (subscription != null) {
            subscription.close();
        }
    }

    /// By one thread at a time, the one that commits.
    private void count(Transition step) {
        if (step.task == null || !step.state.equals(TaskState.RUNNING.name())) {
            return;
        }
        var minute = clock.millis() / MINUTE_MILLIS;
        var place = (int) (minute % PLACES);
        if (minutes.get(place) != minute) {
            counts.set(place, 0);
            minutes.set(place, minute);
        }
        counts.incrementAndGet(place);
    }

    /// The last whole minutes, oldest first.
    public List<Long> started() {
        var now = clock.millis() / MINUTE_MILLIS;
        var started = new ArrayList<Long>(MINUTES);
        for (long minute = now - MINUTES; minute < now; minute++) {
            var place = (int) (minute % PLACES);
            started.add(minutes.get(place) == minute ? counts.get(place) : 0L);
        }
        return started;
    }
}
