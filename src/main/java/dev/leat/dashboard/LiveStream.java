package dev.leat.dashboard;

import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// One watched page's stream. Waits for each event to be taken, so that a slow reader slows nobody
/// else and is never buffered for.
final class LiveStream {

    private static final Duration SLOWEST_READER = Duration.ofSeconds(20);

    private final SseEventSink sink;
    private final Sse sse;
    private final BooleanSupplier over;
    private final Map<String, String> sent = new HashMap<>();
    private boolean open = true;

    /// @param over whether it must end, whoever still reads
    LiveStream(SseEventSink sink, Sse sse, BooleanSupplier over) {
        this.sink = sink;
        this.sse = sse;
        this.over = over;
    }

    boolean open() {
        return open && !over.getAsBoolean() && !sink.isClosed();
    }

    /// @param cursor where to go on from after this event; empty where it moves nothing
    void send(String name, String cursor, String data) throws InterruptedException {
        if (!open()) {
            return;
        }
        try {
            var event = sse.newEventBuilder().name(name).data(data);
            sink.send((cursor.isEmpty() ? event : event.id(cursor)).build())
                    .toCompletableFuture()
                    .get(SLOWEST_READER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | IllegalStateException _) {
            // The page was closed while it was written to, or has stopped reading.
            open = false;
        }
    }

    /// Only if it is another text than the last of this name and key.
    void sendIfNew(String name, String key, String cursor, String data)
            throws InterruptedException {
        if (!data.equals(sent.put(name + "/" + key, data))) {
            send(name, cursor, data);
        }
    }

    void close() {
        open = false;
        sink.close();
    }
}
