package dev.leat.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// What attempts did, noted outside of the system by themselves: each line is with the disk before
/// the attempt goes on. Also an HTTP server that notes what tasks post to it.
final class Ledger implements AutoCloseable {

    private static final String SLOWLY = "/slowly";
    private static final Duration SLOW = Duration.ofMinutes(1);

    private final Path file;
    private final HttpServer server;

    Ledger(Path file) {
        this.file = file;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    enum What {
        START,
        BEAT,
        END,
        FAILED
    }

    /// @param attempt 0 where the one who noted doesn't know
    /// @param nonce the same for begin and end of an attempt, and part of its output
    /// @param monotonic nanoseconds, as [System#nanoTime] counts them on this machine
    /// @param wall microseconds since 1970
    record Line(
            String run,
            String task,
            int attempt,
            long fence,
            What what,
            String nonce,
            long monotonic,
            long wall,
            long pid) {

        static Line of(String text) {
            var parts = text.split(" ");
            return new Line(
                    parts[0],
                    parts[1],
                    Integer.parseInt(parts[2]),
                    Long.parseLong(parts[3]),
                    switch (parts[4]) {
                        case "start" -> What.START;
                        case "beat" -> What.BEAT;
                        case "end" -> What.END;
                        default -> What.FAILED;
                    },
                    parts[5],
                    Long.parseLong(parts[6]),
                    Long.parseLong(parts[7]) / 1_000,
                    Long.parseLong(parts[8]));
        }
    }

    Path file() {
        return file;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// What is noted so far. A last line that is being written isn't part of it.
    List<Line> lines() {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            var text = Files.readString(file);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Line::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /// POST `/<run>/<task>`, or `/slowly/<run>/<task>`, which isn't answered for a minute.
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var address = exchange.getRequestURI().getPath();
            var slowly = address.startsWith(SLOWLY);
            var path = (slowly ? address.substring(SLOWLY.length()) : address).split("/");
            var nonce = UUID.randomUUID().toString();
            note(path[1], path[2], "start", nonce);
            if (slowly) {
                LockSupport.parkNanos(SLOW.toNanos());
            }
            note(path[1], path[2], "end", nonce);
            var body = "{\"nonce\": \"%s\"}".formatted(nonce).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized void note(String run, String task, String what, String nonce)
            throws IOException {
        var wall = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) * 1_000;
        var line =
                "%s %s 0 0 %s %s %d %d 0\n"
                        .formatted(run, task, what, nonce, System.nanoTime(), wall);
        try (var out = new FileOutputStream(file.toFile(), true)) {
            out.write(line.getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        }
    }
}
