import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// What a server keeps, and what stays when it ends.
///
/// @param database the JDBC URL, with user and password where it needs them
record Site(Path folder, Path data, Path workflows, String database, Storage storage) {

    /// A connection beside the server's, which only reads while a server runs.
    Connection connect() throws SQLException {
        return storage.connect(database);
    }
}
