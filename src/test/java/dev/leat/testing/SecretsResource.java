package dev.leat.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Secrets for a `@QuarkusTest`, in files: `@WithTestResource(SecretsResource.class)`.
public class SecretsResource implements QuarkusTestResourceLifecycleManager {

    public static final Map<String, String> SECRETS =
            Map.of(
                    "orders", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                    "orders-next", "the-next-secret-of-orders",
                    "github", "It's a Secret to Everybody",
                    "slack", "8f742231b10e8888abcd99yyyzzz85a5",
                    "tidings", "S3cr3t-of-tidings");

    @Override
    public Map<String, String> start() {
        try {
            var directory = Files.createDirectories(Path.of("target", "test-secrets"));
            for (var secret : SECRETS.entrySet()) {
                Files.writeString(directory.resolve(secret.getKey()), secret.getValue() + "\n");
            }
            return Map.of("leat.secrets.directory", directory.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // They are as good as any for the next.
    }
}
