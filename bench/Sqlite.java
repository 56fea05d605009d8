import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/// SQLite, which lives in the process that uses it.
final class Sqlite implements Storage {

    /// The same as Leat's own connections have, so that the ceiling is one for Leat.
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "journal_mode", "wal",
                    "synchronous", "full",
                    "wal_autocheckpoint", "4000",
                    "cache_size", "-65536",
                    "busy_timeout", "10000");

    @Override
    public String kind() {
        return "sqlite";
    }

    @Override
    public String version() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            return "SQLite " + Sql.text(connection, "select sqlite_version()");
        }
    }

    @Override
    public Map<String, String> settings() {
        return SETTINGS;
    }

    @Override
    public String database(Path file) {
        return "jdbc:sqlite:" + file;
    }

    @Override
    public Connection connect(String database) throws SQLException {
        var connection = DriverManager.getConnection(database);
        try (var statement = connection.createStatement()) {
            for (var setting : SETTINGS.entrySet()) {
                statement.execute("pragma %s = %s".formatted(setting.getKey(), setting.getValue()));
            }
        }
        return connection;
    }

    @Override
    public double cpuMillis() {
        return 0;
    }

    @Override
    public long syncs() {
        return -1;
    }

    @Override
    public void close() {}
}
