package dev.leat.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.api.EventBodies.RunStep;
import dev.leat.api.EventBodies.TaskStep;
import dev.leat.api.RunBodies.LogLine;
import dev.leat.engine.report.RunReports;
import dev.leat.store.RunEvent;
import dev.leat.store.RunEvent.Cursor;
import dev.leat.store.RunWatch;
import dev.leat.task.Refusal;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/runs/{run}/events")
@Tag(name = "Events", description = "Runs as they go on.")
@RunOnVirtualThread
class EventResource {

    private final RunReports reports;
    private final RunWatch watch;
    private final ObjectMapper mapper;
    private final ApiConfig config;
    private final Semaphore streams;
    private final ExecutorService threads;

    EventResource(
            RunReports reports,
            RunWatch watch,
            ObjectMapper mapper,
            ApiConfig config,
            @VirtualThreads ExecutorService threads) {
        this.reports = reports;
        this.watch = watch;
        this.mapper = mapper;
        this.config = config;
        this.streams = new Semaphore(config.mostStreams());
        this.threads = threads;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            operationId = "followRun",
            summary = "Follow a run as server-sent events",
            description =
                    "First what has happened since the cursor, then what happens: `run` and `task`"
                            + " for changes of state, `log` for lines, and `end` as the last one."
                            + " Each event's id is the cursor after it; nothing is lost or doubled"
                            + " when a reader comes back with it.")
    public void follow(
            String run,
            @Parameter(description = "Go on after this cursor, such as `12-345`.")
                    @QueryParam("after")
                    @Nullable String after,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context SseEventSink sink,
            @Context Sse sse) {
        var stored = reports.run(run);
        var cursor = cursor(lastEventId == null ? after : lastEventId);
        if (!streams.tryAcquire()) {
            throw new Refusal.Unavailable(
                    "Too many event streams are open.", Duration.ofSeconds(5));
        }
        // The answer's head goes out once this method has returned; a stream that was over by then
        // would be answered twice.
        threads.execute(() -> stream(stored.id, cursor, sink, sse));
    }

    private void stream(long run, Cursor cursor, SseEventSink sink, Sse sse) {
        try (sink;
                var following = watch.follow(run, cursor)) {
            pass(following, sink, sse);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            streams.release();
        }
    }

    private static Cursor cursor(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? Cursor.START : Cursor.parse(text);
        } catch (IllegalArgumentException e) {
            throw Query.bad(String.valueOf(e.getMessage()));
        }
    }

    /// Until the run ends, or the reader is gone or too slow.
    private void pass(RunWatch.Following following, SseEventSink sink, Sse sse)
            throws InterruptedException {
        // The first one tells the reader that it is heard, also where nothing happens yet.
        var open = send(sink, sse.newEventBuilder().comment("following").build());
        while (open) {
            var event = following.next(config.heartbeat());
            open =
                    send(
                            sink,
                            event.map(happened -> outbound(happened, sse))
                                    .orElseGet(() -> sse.newEventBuilder().comment("").build()));
            if (event.isPresent() && event.get() instanceof RunEvent.Ended) {
                return;
            }
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

    private OutboundSseEvent outbound(RunEvent event, Sse sse) {
        var builder = sse.newEventBuilder().id(event.cursor().toString());
        return switch (event) {
            case RunEvent.Changed(var step, _) when step.task == null ->
                    builder.name("run").data(json(RunStep.of(step))).build();
            case RunEvent.Changed(var step, _) ->
                    builder.name("task").data(json(TaskStep.of(step))).build();
            case RunEvent.Wrote(var line, _) ->
                    builder.name("log").data(json(LogLine.of(line))).build();
            case RunEvent.Ended(var state, _) ->
                    builder.name("end").data(json(new EventBodies.End(state))).build();
        };
    }

    private String json(Object body) {
        try {
            return mapper.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event can't be written as JSON.", e);
        }
    }
}
