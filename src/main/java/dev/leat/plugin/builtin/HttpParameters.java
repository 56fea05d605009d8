package dev.leat.plugin.builtin;

import dev.leat.plugin.http.OutboundRequest;
import dev.leat.store.Json;
import dev.leat.task.Durations;
import dev.leat.task.TaskContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a workflow asked for, as a request.
final class HttpParameters {

    private static final long USUAL_BODY_SIZE = 1024 * 1024;

    private final TaskContext context;
    private final Map<String, @Nullable Object> parameters;

    HttpParameters(TaskContext context) {
        this.context = context;
        this.parameters = context.parameters();
    }

    String method() {
        return String.valueOf(parameters.getOrDefault("method", "GET"));
    }

    /// @throws IllegalArgumentException with a sentence
    OutboundRequest request() {
        return new OutboundRequest(
                method(),
                url(),
                headers(),
                body(),
                Durations.parse(String.valueOf(parameters.getOrDefault("timeout", "30s"))),
                !Boolean.FALSE.equals(parameters.get("followRedirects")),
                maxBodySize());
    }

    boolean expects(int status) {
        return switch (parameters.get("expectedStatus")) {
            case null -> status / 100 == 2;
            case List<?> list -> list.stream().anyMatch(one -> matches(one, status));
            case Object one -> matches(one, status);
        };
    }

    private static boolean matches(@Nullable Object expected, int status) {
        if (expected instanceof Number number) {
            return number.intValue() == status;
        }
        var text = String.valueOf(expected);
        if (text.endsWith("xx")) {
            return text.charAt(0) - '0' == status / 100;
        }
        var bounds = text.split("-", 2);
        return Integer.parseInt(bounds[0]) <= status
                && status <= Integer.parseInt(bounds[bounds.length - 1]);
    }

    private String url() {
        var url = String.valueOf(parameters.get("url"));
        var query = encoded(parameters.get("query"));
        if (query.isEmpty()) {
            return url;
        }
        int fragment = url.indexOf('#');
        var base = fragment < 0 ? url : url.substring(0, fragment);
        return base + (base.contains("?") ? "&" : "?") + query;
    }

    private Map<String, String> headers() {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        if (method().equals("POST")) {
            headers.put("Idempotency-Key", context.idempotencyKey());
        }
        if (parameters.containsKey("form")) {
            headers.put("Content-Type", "application/x-www-form-urlencoded");
        } else if (parameters.containsKey("body")) {
            headers.put(
                    "Content-Type",
                    parameters.get("body") instanceof String
                            ? "text/plain; charset=utf-8"
                            : "application/json");
        }
        if (parameters.get("auth") instanceof Map<?, ?> auth) {
            headers.put("Authorization", authorization(auth));
        }
        if (parameters.get("headers") instanceof Map<?, ?> given) {
            given.forEach(
                    (name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
        }
        return new LinkedHashMap<>(headers);
    }

    private static String authorization(Map<?, ?> auth) {
        if ("bearer".equals(auth.get("type"))) {
            return "Bearer " + auth.get("token");
        }
        var pair = auth.get("username") + ":" + auth.get("password");
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] body() {
        if (parameters.containsKey("form")) {
            return encoded(parameters.get("form")).getBytes(StandardCharsets.UTF_8);
        }
        if (!parameters.containsKey("body")) {
            return new byte[0];
        }
        var body = parameters.get("body");
        var text = body instanceof String it ? it : Json.write(body);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private int maxBodySize() {
        var size = parameters.getOrDefault("maxBodySize", USUAL_BODY_SIZE);
        return size instanceof Number number ? number.intValue() : (int) USUAL_BODY_SIZE;
    }

    private static String encoded(@Nullable Object pairs) {
        var encoded = new StringJoiner("&");
        if (pairs instanceof Map<?, ?> map) {
            map.forEach(
                    (name, value) -> {
                        var items = value instanceof List<?> list ? list : listOf(value);
                        for (var item : items) {
                            encoded.add(encode(name) + "=" + encode(item));
                        }
                    });
        }
        return encoded.toString();
    }

    private static List<?> listOf(@Nullable Object value) {
        return value == null ? List.of() : List.of(value);
    }

    /// A space becomes %20, which is right everywhere; a plus is so only in forms.
    private static String encode(@Nullable Object value) {
        var text = value instanceof String it ? it : Json.write(value);
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
