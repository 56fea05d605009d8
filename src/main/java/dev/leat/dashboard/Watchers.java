package dev.leat.dashboard;

import dev.leat.task.Refusal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/// Serves the pages that are watched live, each on a thread of its own, and no more of them than
/// the server has places for. Pages beyond refresh themselves instead.
@ApplicationScoped
class Watchers {

    private static final Logger LOG = Logger.getLogger(Watchers.class);
    private static final Duration RETRY = Duration.ofSeconds(15);

    private final ExecutorService threads;
    private final int most;
    private final Semaphore places;
    private volatile boolean stopping;

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
        var token = Forms.token();
        threads.execute(
                () -> {
                    var stream = new LiveStream(sink, sse, () -> stopping);
                    try {
                        Forms.with(token, () -> teller.tell(stream));
                    } catch (InterruptedException _) {
                        // The server stops; the page will try again.
                    } catch (RuntimeException bug) {
                        tellUnlessStopping(bug);
                    } finally {
                        places.release();
                        stream.close();
                    }
                });
    }

    /// While the server stops, what a stream needs is gone before the stream is.
    private void tellUnlessStopping(RuntimeException bug) {
        if (!stopping) {
            LOG.error("A watched page's stream failed", bug);
        }
    }

    void stop(@Observes ShutdownEvent stop) {
        stopping = true;
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
