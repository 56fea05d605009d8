package dev.leat.plugin.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a request goes, taken apart once; nothing reads the address a second time and differently.
///
/// @param scheme `http` or `https`
/// @param host lower case; an IPv6 address in brackets
/// @param path with its query
record Target(String scheme, String host, int port, String path) {

    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)(?::([0-9]{0,5}))?");

    /// @throws OutboundFailure where the address isn't one that may be called
    static Target of(String url) throws OutboundFailure {
        try {
            return of(new URI(url));
        } catch (URISyntaxException e) {
            throw refused("'%s' is no address: %s".formatted(shown(url), e.getReason()));
        }
    }

    /// @param reference as in a `Location` header, absolute or relative to this
    Target resolve(String reference) throws OutboundFailure {
        try {
            return of(new URI(url()).resolve(new URI(reference)));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw OutboundFailure.lasting(
                    "http.redirect",
                    "%s redirects to '%s', which is no address."
                            .formatted(shown(), shown(reference)));
        }
    }

    String url() {
        return origin() + path;
    }

    /// Scheme, host and port: whoever shares them is trusted alike.
    String origin() {
        return scheme + "://" + host + (port == defaultPort(scheme) ? "" : ":" + port);
    }

    boolean secure() {
        return scheme.equals("https");
    }

    /// For messages: without the query, which may hold secrets.
    String shown() {
        return shown(url());
    }

    private static Target of(URI uri) throws OutboundFailure {
        var scheme = lowerCase(uri.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused(
                    "'%s' must begin with http:// or https://".formatted(shown(uri.toString())));
        }
        var authority = uri.getRawAuthority();
        if (authority != null && authority.contains("@")) {
            throw refused("an address must not hold a user or password; put them into 'auth'");
        }
        var parts = AUTHORITY.matcher(authority == null ? "" : authority);
        if (!parts.matches()) {
            throw refused(
                    "'%s' names no host; other letters than a to z are written in punycode"
                            .formatted(shown(uri.toString())));
        }
        var path = uri.getRawPath();
        var query = uri.getRawQuery();
        return new Target(
                scheme,
                lowerCase(parts.group(1)),
                port(scheme, parts.group(2)),
                (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query));
    }

    private static int port(String scheme, @Nullable String text) throws OutboundFailure {
        if (text == null || text.isEmpty()) {
            return defaultPort(scheme);
        }
        int port = Integer.parseInt(text);
        if (port < 1 || port > 65_535) {
            throw refused("there is no port " + port);
        }
        return port;
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private static String lowerCase(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static String shown(String url) {
        var withoutUser = url.replaceFirst("//[^/?#]*@", "//…@");
        int query = withoutUser.indexOf('?');
        var text =
                (query < 0 ? withoutUser : withoutUser.substring(0, query))
                        .replaceAll("\\p{Cntrl}", " ");
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    private static OutboundFailure refused(String what) {
        return OutboundFailure.lasting("http.url", "The request isn't sent: " + what + ".");
    }
}
