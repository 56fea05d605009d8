package dev.leat.plugin.http;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One request to another server.
///
/// @param url absolute, `http` or `https`
/// @param body may be empty
/// @param timeout for all of it, redirects and the answer's last byte included
/// @param maxBodySize bytes of the answer's body; a longer one is a failure
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and copied by nobody for its size.
public record OutboundRequest(
        String method,
        String url,
        Map<String, String> headers,
        byte[] body,
        Duration timeout,
        boolean followRedirects,
        int maxBodySize) {

    public OutboundRequest {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
}
