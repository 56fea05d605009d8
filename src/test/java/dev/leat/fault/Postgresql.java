package dev.leat.fault;

import dev.leat.testing.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A PostgreSQL that can be killed and started again at the same address.
final class Postgresql implements AutoCloseable {

    static final String USER = "postgres";

    private final Path data;
    private EmbeddedPostgres server;

    Postgresql(Path data) {
        this.data = data;
        this.server = start(FreePort.next());
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port());
    }

    int port() {
        return server.getPort();
    }

    /// As by `kill -9`, its children too. They notice by themselves.
    void kill() {
        var pid = Long.parseLong(postmaster().lines().findFirst().orElseThrow());
        ProcessHandle.of(pid)
                .ifPresent(
                        process -> {
                            var children = process.descendants().toList();
                            process.destroyForcibly();
                            children.forEach(ProcessHandle::destroyForcibly);
                            process.onExit().join();
                        });
    }

    void startAgain() {
        var port = port();
        // Gives the folder back; that there is nothing to stop it says in the log.
        close();
        server = start(port);
    }

    /// Ends all connections of Leat, as an operator or a proxy does.
    void endConnections() {
        try (var connection = DriverManager.getConnection(url(), USER, USER);
                var statement = connection.createStatement()) {
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String postmaster() {
        try {
            return Files.readString(data.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedPostgres start(int port) {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setServerConfig("max_connections", "100")
                    .setPort(port)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
