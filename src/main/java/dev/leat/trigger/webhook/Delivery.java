package dev.leat.trigger.webhook;

import dev.leat.engine.TriggerFacts;
import dev.leat.security.Hmac;
import dev.leat.task.Refusal;
import dev.leat.workflow.expression.ExpressionException;
import dev.leat.workflow.expression.Template;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A genuine delivery: what `trigger` says of it in expressions, and what tells it from others.
///
/// @param key equal for deliveries that start one run
/// @param bound whether a delivery with the same key must have the same body
record Delivery(String key, boolean bound, Map<String, @Nullable Object> facts) {

    /// Of the bytes that were sent: it tells a repeated delivery from another one.
    static final String HASH = "bodySha256";

    private static final int LONGEST_KEY = 200;

    /// Parts of names of headers that prove something, and are for nobody else.
    private static final List<String> PROOFS =
            List.of(
                    "authorization",
                    "cookie",
                    "signature",
                    "token",
                    "secret",
                    "password",
                    "api-key",
                    "apikey");

    /// @param headers with their names as they came
    /// @param dedupeKey of the trigger, or null
    static Delivery of(
            Proof.Genuine proof,
            Map<String, String> headers,
            Map<String, @Nullable Object> query,
            byte[] body,
            @Nullable Object value,
            @Nullable Template dedupeKey,
            Instant now) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("method", "POST");
        facts.put("body", value);
        facts.put("headers", shown(headers));
        facts.put("query", query);
        facts.put("deliveryId", proof.named() ? proof.delivery() : null);
        facts.put("receivedAt", now.toString());
        facts.put(HASH, HexFormat.of().formatHex(Hmac.sha256(body)));
        var same = dedupeKey == null ? null : evaluated(dedupeKey, facts);
        if (same != null) {
            return new Delivery(key("same", same), false, facts);
        }
        var delivery = proof.delivery();
        return delivery == null
                ? new Delivery(key("only", UUID.randomUUID().toString()), false, facts)
                : new Delivery(key("delivery", delivery), proof.named(), facts);
    }

    private static String key(String kind, String text) {
        var kept =
                text.length() <= LONGEST_KEY
                        ? text
                        : "sha256-" + HexFormat.of().formatHex(Hmac.sha256(Hmac.utf8(text)));
        return kind + ":" + kept;
    }

    private static Map<String, @Nullable Object> shown(Map<String, String> headers) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        headers.forEach(
                (name, value) -> {
                    var lower = name.toLowerCase(Locale.ROOT);
                    if (PROOFS.stream().noneMatch(lower::contains)) {
                        shown.put(lower, value);
                    }
                });
        return shown;
    }

    /// Null where the expression has no value, so that the sender's id counts.
    private static @Nullable String evaluated(
            Template dedupeKey, Map<String, @Nullable Object> facts) {
        var seen = TriggerFacts.seen("webhook", facts);
        try {
            var value = dedupeKey.evaluate(root -> root.equals("trigger") ? seen : null);
            return switch (value) {
                case null -> null;
                case String text -> text.isEmpty() ? null : text;
                case Map<?, ?> map -> dev.leat.store.Json.write(map);
                case List<?> list -> dev.leat.store.Json.write(list);
                default -> value.toString();
            };
        } catch (ExpressionException e) {
            throw new Refusal.Invalid(
                    "The webhook's dedupeKey has no value for this body: " + e.getMessage(),
                    List.of());
        }
    }
}
