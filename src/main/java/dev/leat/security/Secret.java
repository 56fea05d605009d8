package dev.leat.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A value that nobody may see: it has no text that a log or an answer could show by mistake.
public final class Secret {

    private final byte[] value;

    Secret(String value) {
        this.value = value.getBytes(StandardCharsets.UTF_8);
    }

    /// The value itself, in UTF-8; for whoever signs or compares with it, at the last moment.
    public byte[] reveal() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(value, secret.value);
    }

    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
