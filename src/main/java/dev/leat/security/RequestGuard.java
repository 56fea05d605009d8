package dev.leat.security;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Sees every request first. As long as there is no login, being on this machine is what lets
/// somebody in; so a browser on this machine must not be talked into asking on others' behalf.
@ApplicationScoped
class RequestGuard {

    /// Before everything else that a request meets.
    static final int PRIORITY = 1_000_000;

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<String> NEVER_KEPT = Set.of("/api/", "/hooks/");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final ProblemMapper answers;
    private final Hosts hosts;
    private final long largestBody;

    RequestGuard(
            ProblemMapper answers,
            HttpConfig config,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largestBody) {
        this.answers = answers;
        this.hosts = new Hosts(config.allowedHosts().orElse(Set.of()));
        this.largestBody = largestBody.asLongValue();
    }

    void standFirst(@Observes Filters filters) {
        filters.register(this::look, PRIORITY);
    }

    private void look(RoutingContext context) {
        SecurityHeaders.put(context.response());
        if (NEVER_KEPT.stream().anyMatch(context.request().uri()::startsWith)) {
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        var refused = refusal(context.request());
        if (refused == null) {
            context.next();
            return;
        }
        // What follows on this connection can't be trusted to begin where it seems to.
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        answers.write(context, refused.detail())
                .onComplete(_ -> context.request().connection().close());
    }

    private @Nullable HttpRefusal refusal(HttpServerRequest request) {
        var fault = CanonicalPath.fault(request.uri());
        if (fault != null) {
            return new HttpRefusal(ProblemKind.PATH_NOT_CANONICAL, fault);
        }
        var named = request.headers().getAll(HttpHeaders.HOST);
        if (named.size() != 1 || !hosts.ours(named.getFirst())) {
            return new HttpRefusal(
                    ProblemKind.UNKNOWN_HOST,
                    "This server doesn't go by that name. Ask for localhost, or list the name in"
                            + " leat.http.allowed-hosts.");
        }
        if (!READING.contains(request.method()) && foreign(request, named.getFirst())) {
            return new HttpRefusal(
                    ProblemKind.FOREIGN_ORIGIN,
                    "A page of another site may not change anything here.");
        }
        return tooLarge(request)
                ? new HttpRefusal(
                        ProblemKind.TOO_LARGE,
                        "The body is larger than %d bytes.".formatted(largestBody))
                : null;
    }

    /// Browsers tell where a request comes from; other programs needn't.
    private static boolean foreign(HttpServerRequest request, String host) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OWN_SITE.contains(site)) {
            return true;
        }
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && !origin.equalsIgnoreCase(request.scheme() + "://" + host);
    }

    private boolean tooLarge(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length != null && Long.parseLong(length) > largestBody;
        } catch (NumberFormatException _) {
            return true;
        }
    }
}
