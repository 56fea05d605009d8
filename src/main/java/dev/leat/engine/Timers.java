package dev.leat.engine;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Calls back at a moment. What waits is also a row, so nothing is lost with this process; here it
/// costs an entry in a heap and no thread. The wall clock is looked at again at least each minute,
/// so that a clock that jumps is noticed.
@Singleton
class Timers {

    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Duration longestSleep;
    private final ScheduledThreadPoolExecutor thread;

    @Inject
    Timers(InstantSource clock) {
        this(clock, LONGEST_SLEEP);
    }

    Timers(InstantSource clock, Duration longestSleep) {
        this.clock = clock;
        this.longestSleep = longestSleep;
        this.thread =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("leat-timers").daemon().factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /// Runs the action on the timers' thread: hand longer work to another.
    Alarm at(Instant moment, Runnable action) {
        return alarm(() -> Duration.between(clock.instant(), moment), action);
    }

    /// The same once so much time has passed, whatever the wall clock says meanwhile.
    Alarm after(Duration wait, Runnable action) {
        long since = System.nanoTime();
        return alarm(() -> wait.minusNanos(System.nanoTime() - since), action);
    }

    private Alarm alarm(Supplier<Duration> left, Runnable action) {
        var alarm = new Alarm(left, action);
        alarm.set();
        return alarm;
    }

    @PreDestroy
    void stop() {
        thread.shutdownNow();
    }

    /// A call that is to come.
    final class Alarm {

        private final Supplier<Duration> left;
        private final Runnable action;
        private @Nullable Future<?> next;
        private boolean off;

        private Alarm(Supplier<Duration> left, Runnable action) {
            this.left = left;
            this.action = action;
        }

        /// It doesn't come any more, unless it comes just now.
        synchronized void cancel() {
            off = true;
            if (next != null) {
                next.cancel(false);
            }
        }

        private synchronized void set() {
            if (off || thread.isShutdown()) {
                return;
            }
            var wait = left.get();
            if (!wait.isPositive()) {
                thread.execute(action);
                return;
            }
            var nap = wait.compareTo(longestSleep) > 0 ? longestSleep : wait;
            next = thread.schedule(this::set, nap.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
