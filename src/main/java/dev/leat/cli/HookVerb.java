package dev.leat.cli;

import dev.leat.security.Hmac;
import dev.leat.security.Secret;
import dev.leat.security.Secrets;
import dev.leat.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Does what the sender of a webhook does.
final class HookVerb {

    private static final String WHSEC = "whsec_";
    private static final int BAD = 400;

    private final RunHost host;

    HookVerb(RunHost host) {
        this.host = host;
    }

    int perform(HookCommand command) {
        try {
            var body = body(command.body);
            var secrets = Secrets.ofEnvironment();
            var headers =
                    headers(command, body, Instant.now(), name -> secrets.find(name).orElse(null));
            var path =
                    "/hooks/%s/%s"
                            .formatted(
                                    SteeringVerb.encoded(command.workflow),
                                    SteeringVerb.encoded(command.trigger));
            if (command.print) {
                System.out.println(curl(host.address(path).toString(), headers, command.body));
                return Exit.SUCCESS;
            }
            var answer = host.send(path, headers, body);
            System.out.printf("%d %s%n", answer.status(), shown(answer.body()));
            return answer.status() < BAD ? Exit.SUCCESS : Exit.FAILED;
        } catch (RuntimeException e) {
            if (Remote.isRefusal(e)) {
                return Remote.refused(e);
            }
            throw e;
        }
    }

    private static byte[] body(String text) {
        if (!text.startsWith("@")) {
            return Hmac.utf8(text);
        }
        try {
            return Files.readAllBytes(Path.of(text.substring(1)));
        } catch (IOException e) {
            throw new Sources.Unreadable("%s can't be read.".formatted(text.substring(1)));
        }
    }

    /// @param find a secret by its name; null where there is none
    static Map<String, String> headers(
            HookCommand command,
            byte[] body,
            Instant now,
            Function<String, @Nullable Secret> find) {
        var headers = new LinkedHashMap<String, String>();
        if (body.length > 0) {
            headers.put("Content-Type", command.type);
        }
        var id = command.id == null ? UUID.randomUUID().toString() : command.id;
        var seconds = String.valueOf(now.getEpochSecond());
        switch (command.signature) {
            case standard -> {
                var key = standardKey(secret(command.secret, find).reveal());
                var signed = Hmac.of(key, Hmac.utf8(id + "." + seconds + "."), body);
                headers.put("webhook-id", id);
                headers.put("webhook-timestamp", seconds);
                headers.put(
                        "webhook-signature", "v1," + Base64.getEncoder().encodeToString(signed));
            }
            case github -> {
                headers.put("X-GitHub-Delivery", id);
                var signed = Hmac.of(secret(command.secret, find).reveal(), body);
                headers.put("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(signed));
            }
            case slack -> {
                var key = secret(command.secret, find).reveal();
                var signed = Hmac.of(key, Hmac.utf8("v0:" + seconds + ":"), body);
                headers.put("X-Slack-Request-Timestamp", seconds);
                headers.put("X-Slack-Signature", "v0=" + HexFormat.of().formatHex(signed));
            }
            case bearer -> {
                headers.put("Idempotency-Key", id);
                headers.put(
                        "Authorization",
                        "Bearer "
                                + new String(
                                        secret(command.secret, find).reveal(),
                                        java.nio.charset.StandardCharsets.UTF_8));
            }
            case none -> headers.put("Idempotency-Key", id);
        }
        headers.putAll(command.headers);
        return headers;
    }

    private static Secret secret(@Nullable String name, Function<String, @Nullable Secret> find) {
        if (name == null) {
            throw new Sources.Unreadable(
                    "Name the secret to sign with (--secret), or don't sign (--signature none).");
        }
        var secret = find.apply(name);
        if (secret == null) {
            throw new Sources.Unreadable(
                    "There is no secret '%s' in this environment.".formatted(name));
        }
        return secret;
    }

    private static byte[] standardKey(byte[] secret) {
        var text = new String(secret, java.nio.charset.StandardCharsets.UTF_8);
        try {
            return text.startsWith(WHSEC)
                    ? Base64.getDecoder().decode(text.substring(WHSEC.length()))
                    : secret;
        } catch (IllegalArgumentException _) {
            return secret;
        }
    }

    static String curl(String address, Map<String, String> headers, String body) {
        var curl = new StringBuilder("curl -i -X POST ").append(quoted(address));
        headers.forEach(
                (name, value) -> curl.append(" \\\n  -H ").append(quoted(name + ": " + value)));
        if (!body.isEmpty()) {
            curl.append(" \\\n  --data-binary ").append(quoted(body));
        }
        return curl.toString();
    }

    /// For a shell, which takes everything between such quotes as it is.
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String shown(String body) {
        try {
            return Json.writePretty(Json.readObject(body));
        } catch (IllegalArgumentException _) {
            return Terminal.harmless(body);
        }
    }
}
