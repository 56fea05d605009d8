package dev.leat.api;

import jakarta.ws.rs.core.UriInfo;

/// Addresses of what comes next, without the host: a proxy may know it by another name.
final class Links {

    private Links() {}

    /// The same request with one parameter set.
    static String with(UriInfo uri, String parameter, Object value) {
        var next = uri.getRequestUriBuilder().replaceQueryParam(parameter, value).build();
        return next.getRawPath() + "?" + next.getRawQuery();
    }
}
