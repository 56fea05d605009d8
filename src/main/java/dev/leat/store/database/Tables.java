package dev.leat.store.database;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/// The tables, brought up to date before anything uses them.
///
/// Most starts find them so, which a single question tells; Flyway takes a twelfth of a start to
// say
/// the same.
@Singleton
public class Tables {

    /// The version of the newest migration.
    static final String NEWEST = "13";

    private static final Logger LOG = Logger.getLogger(Tables.class);

    private static final String LAST =
            "select version, success from flyway_schema_history order by installed_rank desc limit 1";

    private final Database database;
    private final Supplier<Flyway> migrations;

    @Inject
    Tables(Database database, Instance<Flyway> migrations) {
        this(database, migrations::get);
    }

    Tables(Database database, Supplier<Flyway> migrations) {
        this.database = database;
        this.migrations = migrations;
    }

    /// @throws SQLException where the database isn't there
    /// @throws FlywayException where it can't have the tables
    public void bringUpToDate() throws SQLException {
        if (!areUpToDate()) {
            migrations.get().migrate();
        }
    }

    private boolean areUpToDate() throws SQLException {
        try (var connection = database.openWriter()) {
            return hasNewest(connection);
        }
    }

    private static boolean hasNewest(Connection connection) {
        try (var statement = connection.createStatement();
                var last = statement.executeQuery(LAST)) {
            return last.next() && NEWEST.equals(last.getString(1)) && last.getBoolean(2);
        } catch (SQLException e) {
            // There are no tables yet, or Flyway finds the same and says it.
            LOG.debug("It isn't known which tables there are.", e);
            return false;
        }
    }
}
