package dev.leat.store.database;

import dev.leat.store.database.DatabaseConfig.Durability;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Locale;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The driver of the one datasource: looks at the URL and passes on to SQLite's or PostgreSQL's.
///
/// A connection reads, unless its properties say [#WRITER]. Connections of the pool therefore can't
/// change an SQLite database, and never wait for the one that does.
public final class DatabaseDriver implements Driver {

    static final String ROLE = "leat-role";
    static final String WRITER = "writer";
    static final String DURABILITY = "leat-durability";

    @Override
    public @Nullable Connection connect(String url, @Nullable Properties given)
            throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        var properties = new Properties();
        if (given != null) {
            properties.putAll(given);
        }
        var writer = WRITER.equals(properties.remove(ROLE));
        var durability = durability(properties.remove(DURABILITY));
        return switch (DatabaseKind.of(url)) {
            case SQLITE -> Sqlite.connect(url, writer, durability);
            case POSTGRESQL -> Postgresql.connect(url, properties, writer, durability);
        };
    }

    private static Durability durability(@Nullable Object text) {
        return text == null
                ? Durability.POWER
                : Durability.valueOf(text.toString().toUpperCase(Locale.ROOT));
    }

    @Override
    public boolean acceptsURL(String url) {
        return DatabaseKind.SQLITE.accepts(url) || DatabaseKind.POSTGRESQL.accepts(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Leat's driver doesn't log.");
    }
}
