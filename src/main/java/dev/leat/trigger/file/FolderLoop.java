package dev.leat.trigger.file;

import dev.leat.engine.firing.Armed;
import dev.leat.plugin.FolderWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Looks at a folder when something has changed in it, when a file may have settled, and every so
/// often. On a thread of its own: a network drive that hangs keeps no other folder waiting.
final class FolderLoop implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FolderLoop.class);
    private static final long LEAST_MILLIS = 20;

    private final WatchedFolder folder;
    private final Duration poll;
    private final InstantSource clock;
    private final Semaphore nudges = new Semaphore(0);
    private volatile boolean closed;
    private @Nullable FolderWatch watch;
    private @Nullable Path watched;

    private FolderLoop(WatchedFolder folder, Duration poll, InstantSource clock) {
        this.folder = folder;
        this.poll = poll;
        this.clock = clock;
    }

    static FolderLoop start(WatchedFolder folder, Duration poll, InstantSource clock) {
        var loop = new FolderLoop(folder, poll, clock);
        Thread.ofVirtual().name("leat-file-trigger").start(loop::run);
        return loop;
    }

    void armed(Armed now) {
        folder.armed(now);
    }

    @Override
    public void close() {
        closed = true;
        nudges.release();
    }

    private void run() {
        try {
            while (!closed) {
                look();
                if (nudges.tryAcquire(pause(), TimeUnit.MILLISECONDS)) {
                    nudges.drainPermits();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            unwatch();
        }
    }

    private void look() {
        try {
            var seen = folder.look();
            if (seen.isPresent() && !seen.get().equals(watched)) {
                unwatch();
                watched = seen.get();
                watch = FolderWatch.start(watched, poll, nudges::release);
            }
        } catch (IOException e) {
            LOG.debugf("%s is only polled: %s", watched, e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "Looking through a trigger's folder failed; it is tried again");
        }
    }

    private long pause() {
        var now = clock.instant();
        var next =
                folder.next()
                        .map(at -> Duration.between(now, at).toMillis())
                        .orElse(Long.MAX_VALUE);
        return Math.max(LEAST_MILLIS, Math.min(poll.toMillis(), next));
    }

    private void unwatch() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }
}
