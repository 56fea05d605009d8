package dev.leat.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The moments that one run waits for while it is in memory.
final class Alarms {

    private final Timers timers;
    private final Executor threads;
    private final Set<Timers.Alarm> set = ConcurrentHashMap.newKeySet();

    Alarms(Timers timers, Executor threads) {
        this.timers = timers;
        this.threads = threads;
    }

    /// Does something at a moment, on a thread of its own.
    void at(Instant moment, Runnable action) {
        set(action, ring -> timers.at(moment, ring));
    }

    /// The same once so much time has passed, whatever the wall clock says meanwhile.
    void after(Duration wait, Runnable action) {
        set(action, ring -> timers.after(wait, ring));
    }

    private void set(Runnable action, Function<Runnable, Timers.Alarm> timer) {
        var alarm = new Timers.Alarm[1];
        alarm[0] = timer.apply(() -> threads.execute(() -> ring(alarm[0], action)));
        set.add(alarm[0]);
    }

    /// Nothing of it comes any more.
    void clear() {
        set.forEach(Timers.Alarm::cancel);
        set.clear();
    }

    private void ring(Timers.@Nullable Alarm alarm, Runnable action) {
        // Null where it rang before it was noted; it is cleared with the rest then.
        if (alarm != null) {
            set.remove(alarm);
        }
        action.run();
    }
}
