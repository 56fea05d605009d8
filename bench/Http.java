import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// One connection that stays open, asked one thing after another by one thread. Does as little as
/// possible, so that what is measured is the server.
final class Http implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 300_000;

    /// Servers close connections on which nothing happens for a minute.
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final URI address;
    private final String host;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private long lastUsed;

    Http(String url) throws IOException {
        address = URI.create(url);
        host = address.getHost() + ":" + address.getPort();
        open();
    }

    private void open() throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), 1_000);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = socket.getOutputStream();
        lastUsed = System.nanoTime();
    }

    /// The answer's body, where the server was content.
    String get(String path) throws IOException {
        return ask("GET", path, "").orThrow();
    }

    String post(String path, String body) throws IOException {
        return ask("POST", path, body).orThrow();
    }

    String put(String path, String body) throws IOException {
        return ask("PUT", path, body).orThrow();
    }

    Answer ask(String method, String path, String body) throws IOException {
        if (System.nanoTime() - lastUsed > FRESH_NANOS) {
            close();
            open();
        }
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head =
                "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(method, path, host, bytes.length)
                        .getBytes(StandardCharsets.US_ASCII);
        var request = new byte[head.length + bytes.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(bytes, 0, request, head.length, bytes.length);
        out.write(request);
        var answer = answer();
        lastUsed = System.nanoTime();
        return answer;
    }

    private Answer answer() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        long length = 0;
        var chunked = false;
        for (var line = line(); !line.isEmpty(); line = line()) {
            var header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Long.parseLong(header.substring(15).strip());
            }
            chunked |= header.startsWith("transfer-encoding:") && header.endsWith("chunked");
        }
        var body = chunked ? chunks() : exactly((int) length);
        return new Answer(status, new String(body, StandardCharsets.UTF_8));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(exactly(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private byte[] exactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer ended early");
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Answer(int status, String body) {

        String orThrow() {
            if (status / 100 != 2) {
                throw new IllegalStateException(
                        status + ": " + body.substring(0, Math.min(2_000, body.length())));
            }
            return body;
        }
    }
}
