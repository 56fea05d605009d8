package dev.leat.store.database;

import dev.leat.store.database.DatabaseConfig.Durability;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Opens the connections that write. Those that read come from the datasource's pool.
@Singleton
public class Database {

    private final DatabaseConfig config;
    private final DatabaseDriver driver = new DatabaseDriver();

    Database(DatabaseConfig config) {
        this.config = config;
    }

    public DatabaseKind kind() {
        return DatabaseKind.of(config.url());
    }

    /// Where it is, without any password.
    public String place() {
        return DatabaseKind.withoutParameters(config.url());
    }

    /// A connection of the caller's own, to be closed by the caller.
    public Connection openWriter() throws SQLException {
        var properties = credentials();
        properties.setProperty(DatabaseDriver.DURABILITY, config.durability().name());
        return open(properties);
    }

    private Properties credentials() {
        var properties = new Properties();
        config.username().ifPresent(name -> properties.setProperty("user", name));
        config.password().ifPresent(word -> properties.setProperty("password", word));
        return properties;
    }

    private Connection open(Properties properties) throws SQLException {
        properties.setProperty(DatabaseDriver.ROLE, DatabaseDriver.WRITER);
        var connection = driver.connect(config.url(), properties);
        if (connection == null) {
            // Says which URLs there are.
            throw new SQLException("No driver for " + place() + " (" + kind() + ")");
        }
        return connection;
    }

    /// A connection of the caller's own for short transactions, without auto-commit. A process that
    /// is stopped in the middle of one can't hold for long what others wait for: the server ends
    /// the transaction.
    public Connection openShort(Duration longestPause) throws SQLException {
        var connection = openWriter();
        connection.setAutoCommit(false);
        return bounded(connection, longestPause);
    }

    /// [#openShort] for the renewal of a lease: it fails rather than wait for longer than half the
    /// lease, and isn't synced, because a renewal that is lost only ends a lease sooner.
    public Connection openLease(Duration lease) throws SQLException {
        if (kind() == DatabaseKind.SQLITE) {
            return openShort(lease);
        }
        var properties = credentials();
        var seconds = String.valueOf(Math.max(1, lease.toSeconds() / 2));
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("socketTimeout", seconds);
        properties.setProperty(DatabaseDriver.DURABILITY, Durability.PROCESS.name());
        var connection = open(properties);
        connection.setAutoCommit(false);
        return bounded(connection, lease);
    }

    private Connection bounded(Connection connection, Duration longestPause) throws SQLException {
        if (kind() == DatabaseKind.POSTGRESQL) {
            try (var statement = connection.createStatement()) {
                statement.execute(
                        "set idle_in_transaction_session_timeout = " + longestPause.toMillis());
                connection.commit();
            }
        }
        return connection;
    }

    /// A connection of the caller's own to the index of logs, which may be lost: a power failure
    /// may take its last moments.
    ///
    /// @param file where it is; null in the database itself
    public Connection openIndex(@Nullable Path file) throws SQLException {
        if (file != null) {
            return Sqlite.connect("jdbc:sqlite:" + file, true, Durability.PROCESS);
        }
        var properties = credentials();
        properties.setProperty(DatabaseDriver.DURABILITY, Durability.PROCESS.name());
        return open(properties);
    }

    /// Connections to an index in a file that read.
    public DataSource indexReaders(Path file) {
        return new Opening(() -> Sqlite.connect("jdbc:sqlite:" + file, false, Durability.PROCESS));
    }

    /// [#openWriter] for libraries that want a datasource.
    public DataSource writers() {
        return new Opening(this::openWriter);
    }
}
