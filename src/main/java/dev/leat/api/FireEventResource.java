package dev.leat.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.engine.firing.Tally;
import dev.leat.engine.report.FireReport;
import dev.leat.store.Fire;
import dev.leat.task.Refusal;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/fires/events")
@Tag(name = "Events")
@RunOnVirtualThread
class FireEventResource {

    /// A reader that is so far behind is dropped; the ledger has what it didn't see.
    private static final int MOST_WAITING = 10_000;

    private final Tally tally;
    private final ObjectMapper mapper;
    private final ApiConfig config;
    private final Semaphore streams;
    private final ExecutorService threads;

    FireEventResource(
            Tally tally,
            ObjectMapper mapper,
            ApiConfig config,
            @VirtualThreads ExecutorService threads) {
        this.tally = tally;
        this.mapper = mapper;
        this.config = config;
        this.streams = new Semaphore(config.mostStreams());
        this.threads = threads;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            operationId = "followFires",
            summary = "Follow the ledger as server-sent events",
            description =
                    "What this node puts into the ledger from now on. An event is called as the"
                            + " fire's state, such as `missed`, and its id is the fire's.")
    public void follow(
            @Parameter(description = "Only fires that come to this state, such as MISSED.")
                    @QueryParam("state")
                    @Nullable String state,
            @Context SseEventSink sink,
            @Context Sse sse) {
        var wanted = Query.word("state", state, Fire.State.class);
        if (!streams.tryAcquire()) {
            throw new Refusal.Unavailable(
                    "Too many event streams are open.", Duration.ofSeconds(5));
        }
        var waiting = new ArrayBlockingQueue<Fire>(MOST_WAITING);
        var full = new AtomicBoolean();
        var listening =
                tally.listen(
                        fire -> {
                            if ((wanted == null || wanted == fire.state())
                                    && !waiting.offer(fire)) {
                                full.set(true);
                            }
                        });
        // The answer's head goes out once this method has returned.
        threads.execute(() -> stream(listening, waiting, full, sink, sse));
    }

    private void stream(
            Tally.Listening listening,
            BlockingQueue<Fire> waiting,
            AtomicBoolean full,
            SseEventSink sink,
            Sse sse) {
        try (sink;
                listening) {
            var open = send(sink, sse.newEventBuilder().comment("following").build());
            while (open && !full.get()) {
                var fire = waiting.poll(config.heartbeat().toNanos(), TimeUnit.NANOSECONDS);
                open =
                        send(
                                sink,
                                fire == null
                                        ? sse.newEventBuilder().comment("").build()
                                        : outbound(fire, sse));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            streams.release();
        }
    }

    private OutboundSseEvent outbound(Fire fire, Sse sse) {
        var report = FireReport.of(fire);
        try {
            return sse.newEventBuilder()
                    .id(report.id())
                    .name(fire.state().name().toLowerCase(Locale.ROOT))
                    .data(mapper.writeValueAsString(report))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event can't be written as JSON.", e);
        }
    }

    /// Waits until the event has left, so that nothing piles up here for a slow reader.
    private boolean send(SseEventSink sink, OutboundSseEvent event) throws InterruptedException {
        if (sink.isClosed()) {
            return false;
        }
        try {
            sink.send(event)
                    .toCompletableFuture()
                    .get(config.slowestReader().toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | IllegalStateException _) {
            return false;
        }
    }
}
