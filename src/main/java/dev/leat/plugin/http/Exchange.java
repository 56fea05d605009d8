package dev.leat.plugin.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One request on its way to one address, and its answer on the way back.
final class Exchange {

    /// An empty body of these is told by its length, since some servers insist.
    private static final Set<String> EXPECT_LENGTH = Set.of("POST", "PUT", "PATCH");

    private final OutboundRequest request;
    private final Target target;
    private final InetAddress address;
    private final CompletableFuture<OutboundAnswer> answer = new CompletableFuture<>();
    private final AtomicReference<@Nullable HttpClientRequest> sent = new AtomicReference<>();
    private final Buffer body = Buffer.buffer();

    Exchange(OutboundRequest request, Target target, InetAddress address) {
        this.request = request;
        this.target = target;
        this.address = address;
    }

    /// @param deadline as [System#nanoTime] counts
    OutboundAnswer perform(HttpClient client, long deadline)
            throws OutboundFailure, NotConnected, InterruptedException {
        client.request(options())
                .onSuccess(this::send)
                .onFailure(problem -> answer.completeExceptionally(notConnected(problem)));
        try {
            return answer.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw timedOut(target, request.timeout());
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case OutboundFailure failure -> throw failure;
                case NotConnected failure -> throw failure;
                case null, default ->
                        throw new IllegalStateException("The HTTP client failed", e.getCause());
            }
        } finally {
            giveUp();
        }
    }

    static OutboundFailure timedOut(Target target, Duration timeout) {
        return OutboundFailure.passing(
                "http.timeout",
                "%s didn't answer within %d ms.".formatted(target.shown(), timeout.toMillis()));
    }

    private RequestOptions options() {
        var headers = MultiMap.caseInsensitiveMultiMap();
        headers.add("Accept-Encoding", "gzip").add("User-Agent", "Leat");
        request.headers().forEach(headers::set);
        return new RequestOptions()
                .setServer(
                        SocketAddress.inetSocketAddress(
                                new InetSocketAddress(address, target.port())))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.secure())
                .setMethod(HttpMethod.valueOf(request.method()))
                .setURI(target.path())
                .setHeaders(headers)
                .setFollowRedirects(false);
    }

    private void send(HttpClientRequest outgoing) {
        sent.set(outgoing);
        if (answer.isDone()) {
            outgoing.reset();
            return;
        }
        var response =
                request.body().length == 0 && !EXPECT_LENGTH.contains(request.method())
                        ? outgoing.send()
                        : outgoing.send(Buffer.buffer(request.body()));
        response.onSuccess(this::receive)
                .onFailure(
                        problem ->
                                answer.completeExceptionally(broken(problem, "without an answer")));
    }

    private void receive(HttpClientResponse incoming) {
        incoming.handler(this::take);
        incoming.exceptionHandler(
                problem ->
                        answer.completeExceptionally(
                                broken(problem, "in the middle of its answer")));
        incoming.endHandler(_ -> finish(incoming));
    }

    private void take(Buffer part) {
        if (answer.isDone()) {
            return;
        }
        if (body.length() + part.length() > request.maxBodySize()) {
            answer.completeExceptionally(tooLarge());
            giveUp();
        } else {
            body.appendBuffer(part);
        }
    }

    private void finish(HttpClientResponse incoming) {
        var headers = new LinkedHashMap<String, String>();
        incoming.headers()
                .forEach(
                        (name, value) ->
                                headers.merge(
                                        name.toLowerCase(Locale.ROOT),
                                        value,
                                        (a, b) -> a + ", " + b));
        try {
            var reason = incoming.statusMessage();
            answer.complete(
                    new OutboundAnswer(
                            target.url(),
                            incoming.statusCode(),
                            reason == null ? "" : reason,
                            headers,
                            unpacked(headers)));
        } catch (OutboundFailure e) {
            answer.completeExceptionally(e);
        }
    }

    /// A few bytes may unpack to gigabytes, so the bound holds for what comes out, too.
    private byte[] unpacked(Map<String, String> headers) throws OutboundFailure {
        var encoding =
                headers.getOrDefault("content-encoding", "identity").toLowerCase(Locale.ROOT);
        var bytes = body.getBytes();
        if (bytes.length == 0 || encoding.equals("identity")) {
            return bytes;
        }
        if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) {
            throw OutboundFailure.lasting(
                    "http.encoding",
                    "%s answered in the encoding '%s', which wasn't asked for."
                            .formatted(target.shown(), encoding));
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            var plain = in.readNBytes(request.maxBodySize() + 1);
            if (plain.length > request.maxBodySize()) {
                throw tooLarge();
            }
            return plain;
        } catch (IOException e) {
            throw OutboundFailure.passing(
                            "http.incomplete",
                            "The answer of %s can't be unpacked.".formatted(target.shown()))
                    .causedBy(e);
        }
    }

    /// Safe to call at any time; after a whole answer it does nothing.
    private void giveUp() {
        if (!answer.isDone()) {
            answer.cancel(false);
        }
        var outgoing = sent.get();
        if (outgoing != null && answer.isCompletedExceptionally()) {
            outgoing.reset();
        }
    }

    private OutboundFailure tooLarge() {
        return OutboundFailure.lasting(
                "http.body-too-large",
                "The answer of %s is longer than %d bytes; raise 'maxBodySize', or fetch it with 'shell' into a file."
                        .formatted(target.shown(), request.maxBodySize()));
    }

    private Exception notConnected(Throwable problem) {
        return new NotConnected(broken(problem, "before it was connected"));
    }

    private OutboundFailure broken(Throwable problem, String when) {
        var sentence = "The connection to %s broke %s: %s.";
        var message = sentence.formatted(target.shown(), when, reason(problem));
        for (Throwable at = problem; at != null; at = at.getCause()) {
            if (at instanceof SSLException) {
                return OutboundFailure.lasting("http.tls", message).causedBy(problem);
            }
        }
        var code = body.length() > 0 ? "http.incomplete" : "http.connect";
        return OutboundFailure.passing(code, message).causedBy(problem);
    }

    private static String reason(Throwable problem) {
        var message = problem.getMessage();
        return message == null
                ? problem.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /// No byte of the request was sent, so another address may be tried.
    static final class NotConnected extends Exception {
        private final OutboundFailure failure;

        NotConnected(OutboundFailure failure) {
            super(failure.getMessage(), failure, false, false);
            this.failure = failure;
        }

        OutboundFailure failure() {
            return failure;
        }
    }
}
