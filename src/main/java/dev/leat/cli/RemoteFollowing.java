package dev.leat.cli;

import dev.leat.store.RunEvent;
import dev.leat.store.RunEvent.Cursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Follows a run on the server, and comes back with its cursor where the connection breaks.
final class RemoteFollowing implements RunHost.Following {

    private static final int ROOM = 1_000;
    private static final int TRIES = 30;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final ServerConnection server;
    private final String run;
    private final ArrayBlockingQueue<RunEvent> events = new ArrayBlockingQueue<>(ROOM);
    private final Thread reader;
    private Cursor cursor = Cursor.START;
    private boolean ended;
    private volatile @Nullable String lost;

    RemoteFollowing(ServerConnection server, String run) {
        this.server = server;
        this.run = run;
        this.reader = Thread.ofVirtual().name("follow-" + run).start(this::read);
    }

    @Override
    public Optional<RunEvent> next(Duration atMost) throws InterruptedException {
        var event = events.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (event == null && lost != null) {
            throw new Sources.Unreadable(lost);
        }
        return Optional.ofNullable(event);
    }

    private void read() {
        try {
            for (int failures = 0; !ended; ) {
                var before = cursor;
                var trouble = readOnce();
                failures = cursor.equals(before) ? failures + 1 : 0;
                if (failures == TRIES) {
                    lost = "The server doesn't answer any more: " + trouble;
                    return;
                }
                if (!ended) {
                    Thread.sleep(BETWEEN_TRIES);
                }
            }
        } catch (InterruptedException _) {
            // Nobody follows any more.
        }
    }

    private @Nullable String readOnce() throws InterruptedException {
        try (var lines = server.stream("/api/runs/" + run + "/events", cursor.toString())) {
            deliver(lines.iterator());
            return "the stream ended";
        } catch (IOException | UncheckedIOException e) {
            return e.getMessage();
        }
    }

    /// An event is a few lines and an empty one.
    private void deliver(Iterator<String> lines) throws InterruptedException {
        String id = "";
        String name = "";
        var data = new StringBuilder();
        while (lines.hasNext() && !ended) {
            var line = lines.next();
            if (line.isEmpty()) {
                deliver(name, id, data.toString());
                name = "";
                data.setLength(0);
            } else if (line.startsWith("id:")) {
                id = line.substring(3).strip();
            } else if (line.startsWith("event:")) {
                name = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring(5));
            }
        }
    }

    private void deliver(String name, String id, String data) throws InterruptedException {
        if (name.isEmpty() || data.isEmpty()) {
            return;
        }
        var event = RemoteEvents.event(run, name, id, data);
        if (event != null) {
            events.put(event);
            cursor = event.cursor();
            ended = event instanceof RunEvent.Ended;
        }
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
