package dev.leat.plugin.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What another server answered.
///
/// @param url where the answer came from in the end
/// @param headers by lower-case name; values of one name are joined by a comma
/// @param body unpacked
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and copied by nobody for its size.
public record OutboundAnswer(
        String url, int status, String reason, Map<String, String> headers, byte[] body) {

    public OutboundAnswer {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /// Empty where there is no such header.
    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }
}
