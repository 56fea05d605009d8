package dev.leat.store.database;

import dev.leat.store.database.DatabaseConfig.Durability;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/// How a connection to PostgreSQL is set up. What the URL says wins over the defaults here.
final class Postgresql {

    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "ApplicationName", "leat",
                    "tcpKeepAlive", "true",
                    "connectTimeout", "10",
                    // A server that answers nothing for so long is taken for lost.
                    "socketTimeout", "60",
                    "reWriteBatchedInserts", "true");

    private Postgresql() {}

    static Connection connect(String url, Properties given, boolean writer, Durability durability)
            throws SQLException {
        var properties = new Properties();
        DEFAULTS.forEach(
                (name, value) -> {
                    if (!url.contains(name + "=")) {
                        properties.setProperty(name, value);
                    }
                });
        properties.putAll(given);
        var connection = new org.postgresql.Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException(
                    "PostgreSQL's driver doesn't understand the URL "
                            + DatabaseKind.withoutParameters(url));
        }
        try {
            if (writer) {
                commitDurably(connection, durability);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Servers may be set to forget acknowledged work; a stricter setting than ours stays.
    private static void commitDurably(Connection connection, Durability durability)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            switch (durability) {
                case POWER ->
                        statement.execute(
                                "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'");
                case PROCESS -> statement.execute("set synchronous_commit = off");
            }
        }
    }
}
