package dev.leat.dashboard;

import dev.leat.task.Refusal;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/// Serves the pages that are watched live, each on a thread of its own, and no more of them than
/// the server has places for. Pages beyond refresh themselves instead.
@ApplicationScoped
class Watchers {

    private static final Duration RETRY = Duration.ofSeconds(15);

    private final ExecutorService threads;
    private final int most;
    private final Semaphore places;

    Watchers(@VirtualThreads ExecutorService threads, DashboardConfig config) {
        this.threads = threads;
        most = config.watchers();
        places = new Semaphore(most);
    }

    /// Answers at once; the stream goes on until the teller is done or the page is closed.
    ///
    /// @throws Refusal.Unavailable where all places are taken
    void watch(SseEventSink sink, Sse sse, Teller teller) {
        if (!places.tryAcquire()) {
            throw new Refusal.Unavailable("Too many pages are watched live already.", RETRY);
        }
        threads.execute(
                () -> {
                    var stream = new LiveStream(sink, sse);
                    try {
                        teller.tell(stream);
                    } catch (InterruptedException _) {
                        // The server stops; the page will try again.
                    } finally {
                        places.release();
                        stream.close();
                    }
                });
    }

    /// `3 of at most 200`.
    String told() {
        return (most - places.availablePermits()) + " of at most " + most;
    }

    /// Writes one page's stream.
    @FunctionalInterface
    interface Teller {
        void tell(LiveStream stream) throws InterruptedException;
    }
}
