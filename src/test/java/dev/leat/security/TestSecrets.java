package dev.leat.security;

/// Secrets for tests of other packages.
public final class TestSecrets {

    private TestSecrets() {}

    public static Secret secret(String value) {
        return new Secret(value);
    }
}
