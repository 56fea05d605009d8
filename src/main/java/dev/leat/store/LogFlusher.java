package dev.leat.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The thread that hands buffered lines to the operating system, half a second after they came, and
/// tries again where there was no room. It sleeps while nobody writes.
final class LogFlusher implements Runnable {

    private static final Logger LOG = Logger.getLogger(LogFlusher.class);
    private static final Duration DELAY = Duration.ofMillis(500);

    private final ConcurrentLinkedQueue<RunLog.Attempt> dirty = new ConcurrentLinkedQueue<>();
    private volatile boolean running = true;
    private volatile boolean idle;
    private @Nullable Thread thread;

    void start() {
        running = true;
        thread = Thread.ofPlatform().name("leat-logs").daemon(true).start(this);
    }

    void stop() {
        running = false;
        var stopping = thread;
        if (stopping != null) {
            LockSupport.unpark(stopping);
        }
    }

    void add(RunLog.Attempt attempt) {
        dirty.add(attempt);
        var flusher = thread;
        if (idle && flusher != null) {
            LockSupport.unpark(flusher);
        }
    }

    @Override
    public void run() {
        while (running) {
            idle = true;
            if (dirty.isEmpty() && running) {
                LockSupport.park(this);
            }
            idle = false;
            if (!dirty.isEmpty() && running) {
                LockSupport.parkNanos(this, DELAY.toNanos());
            }
            flush();
        }
        flush();
    }

    private void flush() {
        var again = new ArrayList<RunLog.Attempt>();
        for (var attempt = dirty.poll(); attempt != null; attempt = dirty.poll()) {
            try {
                if (attempt.flush()) {
                    again.add(attempt);
                }
            } catch (RuntimeException e) {
                LOG.error("A log can't be flushed.", e);
            }
        }
        dirty.addAll(again);
    }
}
