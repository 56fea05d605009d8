package dev.leat.engine;

import dev.leat.store.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// SHA-256 of texts and requests, to tell whether two are the same.
final class Payload {

    private Payload() {}

    static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Of a definition with its inputs, whatever the order of their keys.
    static String hash(String definition, Map<String, @Nullable Object> inputs) {
        return hash(definition + "\n" + Json.write(new TreeMap<>(inputs)));
    }
}
