package dev.leat.engine;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Calls back at a moment. What waits is also a row, so nothing is lost with this process; here it
// costs an entry in a heap and no
/// thread. The wall clock is looked at again at least each minute, so that a clock that jumps is
// noticed.
@Singleton
class Timers {

    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor thread;

    Timers(InstantSource clock) {
        this.clock = clock;
        this.thread =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("leat-timers").daemon().factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /// Runs the action on the timers' thread: hand longer work to another.
    void at(Instant moment, Runnable action) {
        var wait = Duration.between(clock.instant(), moment);
        if (!wait.isPositive()) {
            thread.execute(action);
        } else if (wait.compareTo(LONGEST_SLEEP) > 0) {
            thread.schedule(
                    () -> at(moment, action), LONGEST_SLEEP.toNanos(), TimeUnit.NANOSECONDS);
        } else {
            thread.schedule(() -> at(moment, action), wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @PreDestroy
    void stop() {
        thread.shutdownNow();
    }
}
