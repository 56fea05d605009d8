package dev.leat.security;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jspecify.annotations.Nullable;

/// Forms carry a token that their browser has as a cookie, too. A page of another site can send a
/// form here, but knows neither.
///
/// It stands behind the [RequestGuard], for browsers that don't tell where a request comes from.
@ApplicationScoped
public class FormTokens {

    /// The hidden field of each form.
    public static final String FIELD = "form-token";

    static final String COOKIE = "leat-form";

    private static final int BYTES = 16;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{22}");

    /// A form may be open for long, and browsers bring old pages back.
    private static final Duration KEPT = Duration.ofDays(365);

    private final SecureRandom random = new SecureRandom();

    /// The token of the browser that asks. One that has none is given one.
    public String of(RoutingContext context) {
        var known = known(context);
        if (known != null) {
            return known;
        }
        // A page has several forms.
        var made = context.<@Nullable String>get(COOKIE);
        return made == null ? give(context) : made;
    }

    private String give(RoutingContext context) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        context.put(COOKIE, token);
        context.response()
                .addCookie(
                        Cookie.cookie(COOKIE, token)
                                .setPath("/")
                                .setHttpOnly(true)
                                .setSecure(context.request().isSSL())
                                .setSameSite(CookieSameSite.STRICT)
                                .setMaxAge(KEPT.toSeconds()));
        return token;
    }

    private static @Nullable String known(RoutingContext context) {
        var cookie = context.request().getCookie(COOKIE);
        return cookie != null && TOKEN.matcher(cookie.getValue()).matches()
                ? cookie.getValue()
                : null;
    }

    /// @throws HttpRefusal for a form without the token of its browser
    @ServerRequestFilter
    @WithFormRead
    @WithFormToken
    public void look(ResteasyReactiveContainerRequestContext request, RoutingContext context) {
        if (request.getMethod().equals("POST")) {
            var sent = CurrentRequestManager.get().getFormParameter(FIELD, true, false);
            var known = known(context);
            if (known == null || !(sent instanceof String token) || !same(known, token)) {
                throw new HttpRefusal(
                        ProblemKind.UNKNOWN_FORM,
                        "This form wasn't shown to you by this server, or your browser has"
                                + " forgotten it since. Go back, load the page again, and send it"
                                + " anew.");
            }
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
