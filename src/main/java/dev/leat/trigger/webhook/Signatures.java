package dev.leat.trigger.webhook;

import dev.leat.security.Hmac;
import dev.leat.security.Secret;
import dev.leat.workflow.TriggerSpec.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether a request comes from somebody who knows one of the secrets. The time of a signature is
/// looked at only once the signature is right, so that nobody else learns anything of it.
final class Signatures {

    /// Dots part what is signed, so that an id with one could stand for another one.
    private static final Pattern STANDARD_ID = Pattern.compile("[!-~&&[^.]]{1,255}");

    private static final Pattern DELIVERY = Pattern.compile("[!-~]{1,255}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final String WHSEC = "whsec_";
    private static final String BEARER = "bearer ";
    private static final int MOST_SIGNATURES = 20;
    private static final byte[] DOT = Hmac.utf8(".");

    private final Signature style;
    private final Duration tolerance;
    private final List<Secret> secrets;

    /// @param secrets of which one suffices
    Signatures(Signature style, Duration tolerance, List<Secret> secrets) {
        this.style = style;
        this.tolerance = tolerance;
        this.secrets = List.copyOf(secrets);
    }

    /// @param headers asked by their names, in whatever case
    Proof check(UnaryOperator<@Nullable String> headers, byte[] body, Instant now) {
        return switch (style) {
            case STANDARD -> standard(headers, body, now);
            case GITHUB -> github(headers, body);
            case SLACK -> slack(headers, body, now);
            case BEARER -> bearer(headers);
            case NONE -> named(headers, "Idempotency-Key");
        };
    }

    private Proof standard(UnaryOperator<@Nullable String> headers, byte[] body, Instant now) {
        var id = headers.apply("webhook-id");
        var time = headers.apply("webhook-timestamp");
        var signatures = headers.apply("webhook-signature");
        if (id == null || time == null || signatures == null) {
            return new Proof.Refused(
                    "The headers webhook-id, webhook-timestamp and webhook-signature are needed.");
        }
        if (!STANDARD_ID.matcher(id).matches() || !SECONDS.matcher(time).matches()) {
            return new Proof.Refused(
                    "webhook-id or webhook-timestamp isn't as Standard Webhooks says.");
        }
        var signed = Hmac.utf8(id + "." + time);
        var expected =
                secrets.stream()
                        .flatMap(secret -> standardKeys(secret).stream())
                        .map(key -> Hmac.of(key, signed, DOT, body))
                        .toList();
        if (!Hmac.anyEqual(expected, standardSignatures(signatures))) {
            return wrong();
        }
        return inTime(time, now, new Proof.Genuine(id, true));
    }

    /// A secret that says it is one of Standard Webhooks' is base64. One that doesn't may be all
    /// the same: senders' libraries decode it either way.
    private static List<byte[]> standardKeys(Secret secret) {
        var plain = secret.reveal();
        var text = new String(plain, java.nio.charset.StandardCharsets.UTF_8);
        var marked = text.startsWith(WHSEC);
        var keys = new ArrayList<byte[]>();
        var decoded = base64(marked ? text.substring(WHSEC.length()) : text);
        if (decoded != null) {
            keys.add(decoded);
        }
        if (!marked || decoded == null) {
            keys.add(plain);
        }
        return keys;
    }

    /// Those of the version that is known; others are for other readers.
    private static List<byte[]> standardSignatures(String header) {
        return Arrays.stream(header.split(" ", MOST_SIGNATURES))
                .filter(signature -> signature.startsWith("v1,"))
                .map(signature -> base64(signature.substring(3)))
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    private Proof github(UnaryOperator<@Nullable String> headers, byte[] body) {
        var given = hex(headers.apply("X-Hub-Signature-256"), "sha256=");
        if (given == null) {
            return new Proof.Refused("The header X-Hub-Signature-256 is needed: sha256=<hex>.");
        }
        var expected = secrets.stream().map(secret -> Hmac.of(secret.reveal(), body)).toList();
        return Hmac.anyEqual(expected, List.of(given))
                ? named(headers, "X-GitHub-Delivery")
                : wrong();
    }

    private Proof slack(UnaryOperator<@Nullable String> headers, byte[] body, Instant now) {
        var time = headers.apply("X-Slack-Request-Timestamp");
        var given = hex(headers.apply("X-Slack-Signature"), "v0=");
        if (time == null || given == null || !SECONDS.matcher(time).matches()) {
            return new Proof.Refused(
                    "The headers X-Slack-Request-Timestamp and X-Slack-Signature are needed.");
        }
        var signed = Hmac.utf8("v0:" + time + ":");
        var expected =
                secrets.stream().map(secret -> Hmac.of(secret.reveal(), signed, body)).toList();
        if (!Hmac.anyEqual(expected, List.of(given))) {
            return wrong();
        }
        // Nothing else tells one of Slack's requests from another, and a copy has the same.
        return inTime(time, now, new Proof.Genuine(HexFormat.of().formatHex(given), false));
    }

    /// Digests are compared, so that not even the length of the secret shows.
    private Proof bearer(UnaryOperator<@Nullable String> headers) {
        var header = headers.apply("Authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return new Proof.Refused("The header Authorization is needed: Bearer <secret>.");
        }
        var given = Hmac.sha256(Hmac.utf8(header.substring(BEARER.length()).strip()));
        var expected = secrets.stream().map(secret -> Hmac.sha256(secret.reveal())).toList();
        return Hmac.anyEqual(expected, List.of(given))
                ? named(headers, "Idempotency-Key")
                : wrong();
    }

    /// Genuine, and known by what a header says, or else by the header that all may send.
    private static Proof named(UnaryOperator<@Nullable String> headers, String header) {
        var name = headers.apply(header);
        var delivery = name == null ? headers.apply("Idempotency-Key") : name;
        return delivery == null || DELIVERY.matcher(delivery).matches()
                ? new Proof.Genuine(delivery, delivery != null)
                : new Proof.Refused(
                        "A delivery's id must be 1 to 255 printable ASCII characters without spaces.");
    }

    private Proof inTime(String seconds, Instant now, Proof genuine) {
        var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now);
        if (age.abs().compareTo(tolerance) <= 0) {
            return genuine;
        }
        return new Proof.Refused(
                age.isNegative()
                        ? "The signature's time is further ahead of this server's clock than %d s."
                                .formatted(tolerance.toSeconds())
                        : "The signature is older than %d s.".formatted(tolerance.toSeconds()));
    }

    private static Proof wrong() {
        return new Proof.Refused("The signature doesn't match.");
    }

    private static byte @Nullable [] hex(@Nullable String header, String prefix) {
        if (header == null || !header.startsWith(prefix)) {
            return null;
        }
        var hex = header.substring(prefix.length());
        return HEX.matcher(hex).matches() ? HexFormat.of().parseHex(hex) : null;
    }

    private static byte @Nullable [] base64(String text) {
        try {
            var bytes = Base64.getDecoder().decode(text);
            return bytes.length == 0 ? null : bytes;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
