package dev.leat.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A way to the database that can be cut without either side being told, as by a firewall or a
/// pulled cable.
final class Proxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

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
                    Thread.ofVirtual().start(() -> forward(from, to));
                    Thread.ofVirtual().start(() -> forward(to, from));
                }
            } catch (IOException e) {
                // It is closed, or the database is away: who connects finds out by waiting.
            }
        }
    }

    private void forward(Socket from, Socket to) {
        var buffer = new byte[64 * 1024];
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (cut) {
                    // Held open, as by a network that drops everything.
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side has gone: so does the other.
        }
        if (!cut) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }
}
