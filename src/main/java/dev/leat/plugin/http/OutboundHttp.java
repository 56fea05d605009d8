package dev.leat.plugin.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// Calls other servers: the only client in Leat. It resolves a name once, checks every address it
/// has, and connects to one of those, so that no second answer of a name server leads elsewhere.
@ApplicationScoped
public class OutboundHttp {

    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_CONNECTIONS = 256;
    private static final int LARGEST_HEADERS = 64 * 1024;
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7E\\x80-\\xFF]*");

    /// These are how the message travels, and a wrong one lets two messages be taken for one.
    private static final Set<String> OWN_HEADERS =
            Set.of("host", "content-length", "transfer-encoding", "connection", "upgrade", "te");

    /// What another server may see of the headers meant for the first. All others may be secrets.
    private static final Set<String> HARMLESS_HEADERS =
            Set.of("accept", "accept-encoding", "accept-language", "content-type", "user-agent");

    private final OutboundConfig config;
    private final HttpClient client;

    OutboundHttp(Vertx vertx, OutboundConfig config) {
        this.config = config;
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setMaxPoolSize(MOST_CONNECTIONS)
                                .setMaxHeaderSize(LARGEST_HEADERS)
                                // A kept connection may be closed by the other side just as it is
                                // used again, and nobody can tell then whether the request was
                                // heard.
                                .setKeepAlive(false)
                                .setConnectTimeout((int) config.connectTimeout().toMillis())
                                .setDecompressionSupported(false));
    }

    /// Sends a request and waits for the whole answer, whatever its status.
    ///
    /// @throws OutboundFailure where there is no answer, or it isn't allowed, or too long
    public OutboundAnswer send(OutboundRequest request)
            throws OutboundFailure, InterruptedException {
        checkHeaders(request.headers());
        long deadline = System.nanoTime() + request.timeout().toNanos();
        var target = Target.of(request.url());
        var now = request;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var answer = exchange(now, target, deadline);
            if (!request.followRedirects() || !isRedirect(answer)) {
                return answer;
            }
            var next = target.resolve(answer.header("location"));
            now = redirected(now, answer.status(), target, next);
            target = next;
        }
        throw OutboundFailure.lasting(
                "http.redirect",
                "%s redirects more than %d times.".formatted(request.url(), MOST_REDIRECTS));
    }

    /// The first address that accepts a connection is the one that answers.
    private OutboundAnswer exchange(OutboundRequest request, Target target, long deadline)
            throws OutboundFailure, InterruptedException {
        var addresses = allowedAddresses(target, deadline, request.timeout());
        for (int at = 0; ; at++) {
            var exchange = new Exchange(request, target, addresses.get(at));
            try {
                return exchange.perform(client, deadline);
            } catch (Exchange.NotConnected e) {
                if (at + 1 == addresses.size()) {
                    throw e.failure();
                }
            }
        }
    }

    private List<InetAddress> allowedAddresses(Target target, long deadline, Duration timeout)
            throws OutboundFailure, InterruptedException {
        if (AddressRules.isMetadataName(target.host())) {
            throw forbidden(target, "it is a metadata service");
        }
        var addresses = resolve(target, deadline, timeout);
        for (var address : addresses) {
            switch (AddressRules.judge(address)) {
                case PUBLIC -> {}
                case PRIVATE -> {
                    if (!config.allowPrivateAddresses()) {
                        throw forbidden(
                                target,
                                "it is in a private network, and leat.outbound.allow-private-addresses"
                                        + " says no");
                    }
                }
                case NEVER ->
                        throw forbidden(target, "its address is link-local or a metadata service");
            }
        }
        return addresses;
    }

    /// A name server may take its time, and can't be interrupted; the task can.
    private static List<InetAddress> resolve(Target target, long deadline, Duration timeout)
            throws OutboundFailure, InterruptedException {
        var lookup = new FutureTask<>(() -> List.of(InetAddress.getAllByName(target.host())));
        Thread.ofVirtual().name("leat-name-lookup").start(lookup);
        try {
            return lookup.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw Exchange.timedOut(target, timeout);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException) {
                throw OutboundFailure.passing(
                        "http.connect", "There is no host named '%s'.".formatted(target.host()));
            }
            throw new IllegalStateException(
                    "Looking up " + target.host() + " failed", e.getCause());
        }
    }

    private static boolean isRedirect(OutboundAnswer answer) {
        return switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> !answer.header("location").isEmpty();
            default -> false;
        };
    }

    private static OutboundRequest redirected(
            OutboundRequest request, int status, Target from, Target to) throws OutboundFailure {
        if (from.secure() && !to.secure()) {
            throw OutboundFailure.lasting(
                    "http.redirect",
                    "%s redirects to %s, which isn't encrypted."
                            .formatted(from.shown(), to.shown()));
        }
        var headers = new LinkedHashMap<>(request.headers());
        if (!from.origin().equals(to.origin())) {
            headers.keySet().removeIf(name -> !HARMLESS_HEADERS.contains(lowerCase(name)));
        }
        boolean becomesGet =
                status == 303 && !request.method().equals("HEAD")
                        || status <= 302 && request.method().equals("POST");
        if (becomesGet) {
            headers.keySet().removeIf(name -> lowerCase(name).startsWith("content-"));
        }
        return new OutboundRequest(
                becomesGet ? "GET" : request.method(),
                to.url(),
                headers,
                becomesGet ? new byte[0] : request.body(),
                request.timeout(),
                true,
                request.maxBodySize());
    }

    private static void checkHeaders(Map<String, String> headers) throws OutboundFailure {
        for (var header : headers.entrySet()) {
            var name = header.getKey();
            if (!HEADER_NAME.matcher(name).matches() || OWN_HEADERS.contains(lowerCase(name))) {
                throw OutboundFailure.lasting(
                        "parameters", "'%s' is no header that a request can set.".formatted(name));
            }
            if (!HEADER_VALUE.matcher(header.getValue()).matches()) {
                throw OutboundFailure.lasting(
                        "parameters",
                        "The header '%s' holds a line end or another character that headers can't carry."
                                .formatted(name));
            }
        }
    }

    private static OutboundFailure forbidden(Target target, String why) {
        return OutboundFailure.lasting(
                "http.address", "%s isn't called: %s.".formatted(target.shown(), why));
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
