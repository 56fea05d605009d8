package dev.leat.store.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// Lets one set of migrations serve both databases: they are applied over a connection that may
/// write, and use these placeholders where the databases differ.
///
/// - `${rowid}`: the type of a table's single number key; in SQLite the word that makes it the
///   row's own address.
/// - `${clustered}`: after a table with a key of several columns; in SQLite it keeps the rows in
///   the key's order instead of beside it.
/// - `${postgresqlOnly}`: before a line that is for PostgreSQL; in SQLite a comment begins there.
/// - `${labels}`: the labels of the run `r` as rows with `key` and `value`.
@Singleton
class Migrations implements FlywayConfigurationCustomizer {

    private final Database database;

    Migrations(Database database) {
        this.database = database;
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.dataSource(database.writers());
        configuration.placeholders(
                switch (database.kind()) {
                    case SQLITE ->
                            Map.of(
                                    "rowid",
                                    "integer",
                                    "clustered",
                                    "without rowid",
                                    "postgresqlOnly",
                                    "-- ",
                                    "labels",
                                    "json_each(r.labels)");
                    case POSTGRESQL ->
                            Map.of(
                                    "rowid",
                                    "bigint",
                                    "clustered",
                                    "",
                                    "postgresqlOnly",
                                    "",
                                    "labels",
                                    "json_each_text(r.labels::json)");
                });
    }
}
