package dev.leat.dashboard;

import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;

/// One watched page's stream. Waits for each event to be taken, so that a slow reader slows nobody
/// else and is never buffered for.
final class LiveStream {

    private final SseEventSink sink;
    private final Sse sse;
    private final Map<String, String> sent = new HashMap<>();
    private boolean open = true;

    LiveStream(SseEventSink sink, Sse sse) {
        this.sink = sink;
        this.sse = sse;
    }

    boolean open() {
        return open && !sink.isClosed();
    }

    /// @param cursor where to go on from after this event; empty where it moves nothing
    void send(String name, String cursor, String data) {
        if (!open()) {
            return;
        }
        try {
            var event = sse.newEventBuilder().name(name).data(data);
            sink.send((cursor.isEmpty() ? event : event.id(cursor)).build())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException | IllegalStateException _) {
            // The page was closed while it was written to.
            open = false;
        }
    }

    /// Only if it is another text than the last of this name and key.
    void sendIfNew(String name, String key, String cursor, String data) {
        if (!data.equals(sent.put(name + "/" + key, data))) {
            send(name, cursor, data);
        }
    }

    void close() {
        open = false;
        sink.close();
    }
}
