package dev.leat.dashboard;

import dev.leat.engine.firing.Tally;
import dev.leat.store.RunFeed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Tells pages with lists of runs that some run has changed, so that they fetch themselves anew.
@Path("/live")
@RunOnVirtualThread
class OverviewLive {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final RunFeed feed;
    private final Tally fires;
    private final Watchers watchers;

    OverviewLive(RunFeed feed, Tally fires, Watchers watchers) {
        this.feed = feed;
        this.fires = fires;
        this.watchers = watchers;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void live(@Context SseEventSink sink, @Context Sse sse) {
        watchers.watch(sink, sse, this::tell);
    }

    private void tell(LiveStream stream) throws InterruptedException {
        var news = new Semaphore(0);
        try (var _ = feed.followAll(_ -> news.release());
                var _ = fires.listen(_ -> news.release())) {
            while (stream.open()) {
                var heard = news.tryAcquire(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                news.drainPermits();
                stream.send(heard ? "changed" : "beat", "", "");
                Thread.sleep(PAUSE);
            }
        }
    }
}
