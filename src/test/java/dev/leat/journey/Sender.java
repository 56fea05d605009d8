package dev.leat.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.leat.store.Json;
import dev.leat.testing.SecretsResource;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Another system that tells of something, with a real HTTP client. It signs by itself, and knows
/// nothing of how Leat looks at signatures.
final class Sender {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String path;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private HttpRequest.BodyPublisher body = BodyPublishers.noBody();

    /// @param path such as `orders/paid`
    Sender(String path) {
        this.path = path;
    }

    static Sender to(String path) {
        return new Sender(path);
    }

    record Answer(int status, Map<String, Object> body, HttpResponse<String> http) {
        String text(String field) {
            return String.valueOf(body.get(field));
        }

        boolean replayed() {
            return http.headers().firstValue("Idempotent-Replayed").isPresent();
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }
    }

    Sender header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Sender body(byte[] bytes) {
        body = BodyPublishers.ofByteArray(bytes);
        return this;
    }

    Sender body(HttpRequest.BodyPublisher publisher) {
        body = publisher;
        return this;
    }

    Sender json(String text) {
        return header("Content-Type", "application/json").body(text.getBytes(UTF_8));
    }

    /// As Standard Webhooks says.
    Sender standard(String id, Instant at, String secret, String text) {
        var value = SecretsResource.SECRETS.get(secret);
        var key =
                value.startsWith("whsec_")
                        ? Base64.getDecoder().decode(value.substring(6))
                        : value.getBytes(UTF_8);
        var signed = id + "." + at.getEpochSecond() + "." + text;
        var signature = Base64.getEncoder().encodeToString(hmac(key, signed));
        return json(text)
                .header("webhook-id", id)
                .header("webhook-timestamp", String.valueOf(at.getEpochSecond()))
                .header("webhook-signature", "v1," + signature);
    }

    Sender github(String delivery, String event, String text) {
        var key = SecretsResource.SECRETS.get("github").getBytes(UTF_8);
        return json(text)
                .header("X-GitHub-Delivery", delivery)
                .header("X-GitHub-Event", event)
                .header(
                        "X-Hub-Signature-256",
                        "sha256=" + HexFormat.of().formatHex(hmac(key, text)));
    }

    Sender slack(Instant at, String type, String text) {
        var key = SecretsResource.SECRETS.get("slack").getBytes(UTF_8);
        var time = String.valueOf(at.getEpochSecond());
        return header("Content-Type", type)
                .body(text.getBytes(UTF_8))
                .header("X-Slack-Request-Timestamp", time)
                .header(
                        "X-Slack-Signature",
                        "v0=" + HexFormat.of().formatHex(hmac(key, "v0:" + time + ":" + text)));
    }

    Answer send() throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://localhost:" + RestAssured.port + "/hooks/" + path))
                        .POST(body);
        headers.forEach(request::setHeader);
        var answer = CLIENT.send(request.build(), BodyHandlers.ofString());
        var json =
                answer.body().startsWith("{")
                        ? Json.readObject(answer.body())
                        : Map.<String, Object>of();
        return new Answer(answer.statusCode(), json, answer);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
