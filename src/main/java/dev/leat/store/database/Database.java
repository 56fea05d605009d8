package dev.leat.store.database;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;

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
        var properties = new Properties();
        config.username().ifPresent(name -> properties.setProperty("user", name));
        config.password().ifPresent(word -> properties.setProperty("password", word));
        properties.setProperty(DatabaseDriver.ROLE, DatabaseDriver.WRITER);
        properties.setProperty(DatabaseDriver.DURABILITY, config.durability().name());
        var connection = driver.connect(config.url(), properties);
        if (connection == null) {
            // Says which URLs there are.
            throw new SQLException("No driver for " + place() + " (" + kind() + ")");
        }
        return connection;
    }

    /// [#openWriter] for libraries that want a datasource.
    public DataSource writers() {
        return new WriterSource(this);
    }
}
