package dev.leat.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A way to the database that can be cut without either side being told, as by a firewall or a
/// pulled cable; that can be long; and that can break with the answer to a commit on it.
final class Proxy implements AutoCloseable {

    /// How PostgreSQL says that it has committed.
    private static final String COMMITTED = "COMMIT\0";

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private volatile boolean cut;
    private volatile Duration delay = Duration.ZERO;
    private volatile int breakEach;

    Proxy(int target) {
        this.target = target;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(listening.getLocalPort());
    }

    /// From now on nothing gets through, and nobody hears of it.
    void cut() {
        cut = true;
    }

    /// New connections get through. Those that were cut are closed.
    void mend() {
        open.forEach(Proxy::close);
        cut = false;
    }

    /// What the database answers is so long on its way from now on.
    void delay(Duration longer) {
        delay = longer;
    }

    /// From now on each n-th answer to a commit is lost, and the connection is reset. 0 for none.
    void breakEachCommit(int nth) {
        breakEach = nth;
    }

    /// How many commits weren't answered because of that.
    int broken() {
        return broken.get();
    }

    @Override
    public void close() {
        open.forEach(Proxy::close);
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var from = listening.accept();
                open.add(from);
                if (!cut) {
                    var to = new Socket(InetAddress.getLoopbackAddress(), target);
                    open.add(to);
                    Thread.ofVirtual().start(() -> ask(from, to));
                    Thread.ofVirtual().start(() -> answer(to, from));
                }
            } catch (IOException e) {
                // It is closed, or the database is away: who connects finds out by waiting.
            }
        }
    }

    private void ask(Socket client, Socket database) {
        forward(client, database, bytes -> write(database, bytes));
    }

    /// Many answers may be on their way at once.
    private void answer(Socket database, Socket client) {
        try (var later = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory())) {
            forward(
                    database,
                    client,
                    bytes -> {
                        if (isToBreak(bytes)) {
                            reset(client);
                            reset(database);
                            return;
                        }
                        later.schedule(
                                () -> write(client, bytes),
                                delay.toMillis(),
                                TimeUnit.MILLISECONDS);
                    });
            later.shutdownNow();
        }
    }

    private boolean isToBreak(byte[] answer) {
        int nth = breakEach;
        if (nth == 0
                || !new String(answer, StandardCharsets.ISO_8859_1).contains(COMMITTED)
                || commits.incrementAndGet() % nth != 0) {
            return false;
        }
        broken.incrementAndGet();
        return true;
    }

    private void forward(Socket from, Socket to, Consumer<byte[]> onward) {
        var buffer = new byte[64 * 1024];
        try {
            var in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (cut) {
                    // Held open, as by a network that drops everything.
                    return;
                }
                onward.accept(Arrays.copyOf(buffer, read));
            }
        } catch (IOException e) {
            // One side has gone: so does the other.
        }
        if (!cut) {
            close(from);
            close(to);
        }
    }

    private static void write(Socket to, byte[] bytes) {
        try {
            to.getOutputStream().write(bytes);
        } catch (IOException e) {
            // It has gone, and the one that reads from it finds out.
        }
    }

    /// Both sides are told that the connection broke.
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }
}
