import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/// A kind of database, ready to be used.
interface Storage extends AutoCloseable {

    static Storage start(String kind, Path folder) throws Exception {
        return switch (kind) {
            case "sqlite" -> new Sqlite();
            case "postgresql" -> Postgresql.start(folder);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /// `sqlite` or `postgresql`.
    String kind();

    String version() throws SQLException;

    /// What its speed depends on, as it is set.
    Map<String, String> settings() throws SQLException;

    /// The URL of a new, empty database.
    ///
    /// @param file where it lies, for a database that is a file
    String database(Path file) throws SQLException;

    /// A durable connection as good as any that Leat has.
    Connection connect(String database) throws SQLException;

    /// Processor time of its own processes, where it has any.
    double cpuMillis();

    /// How often its log was synced to disk, where it can tell; else -1.
    long syncs() throws SQLException, InterruptedException;

    @Override
    void close() throws Exception;
}
