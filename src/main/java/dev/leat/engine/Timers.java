package dev.leat.engine;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Calls back at a moment. What waits is also a row, so nothing is lost with this process; here it
/// costs an entry in a heap and no thread. The wall clock is looked at again at least each minute,
/// so that a clock that jumps is noticed.
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
    Alarm at(Instant moment, Runnable action) {
        var alarm = new Alarm(moment, action);
        alarm.set();
        return alarm;
    }

    /// The same once so much time has passed, whatever the wall clock says meanwhile: for what ends
    /// with this process.
    Future<?> after(Duration wait, Runnable action) {
        return thread.schedule(action, wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    @PreDestroy
    void stop() {
        thread.shutdownNow();
    }

    /// A call that is to come.
    final class Alarm {

        private final Instant moment;
        private final Runnable action;
        private @Nullable Future<?> next;
        private boolean off;

        private Alarm(Instant moment, Runnable action) {
            this.moment = moment;
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
            var wait = Duration.between(clock.instant(), moment);
            if (!wait.isPositive()) {
                thread.execute(action);
                return;
            }
            var nap = wait.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : wait;
            next = thread.schedule(this::set, nap.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
