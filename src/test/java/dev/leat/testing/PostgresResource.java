package dev.leat.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL for a `@QuarkusTest`, instead of SQLite:
/// `@WithTestResource(PostgresResource.class)`.
public class PostgresResource implements QuarkusTestResourceLifecycleManager {

    private @Nullable EmbeddedPostgres server;

    @Override
    public Map<String, String> start() {
        try {
            var started = EmbeddedPostgres.builder().start();
            server = started;
            return Map.of(
                    "leat.database.url", started.getJdbcUrl("postgres", "postgres"),
                    "leat.database.username", "postgres",
                    "leat.database.password", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        var running = server;
        if (running == null) {
            return;
        }
        try {
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
