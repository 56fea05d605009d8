package dev.leat.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablesTest {

    @TempDir Path folder;

    private final AtomicInteger migrated = new AtomicInteger();

    @Test
    void the_newest_version_is_that_of_the_newest_migration() {
        var pending = Databases.migrations(database(), "latest").info().pending();
        assertThat(pending[pending.length - 1].getVersion()).hasToString(Tables.NEWEST);
    }

    @Test
    void tables_that_are_up_to_date_are_left_as_they_are() throws SQLException {
        Databases.migrated(url());
        tables().bringUpToDate();
        assertThat(migrated).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "12"})
    void earlier_ones_are_brought_up_to_date(String version) throws SQLException {
        Databases.migrated(url(), version);
        tables().bringUpToDate();
        tables().bringUpToDate();
        assertThat(migrated).hasValue(1);
    }

    @Test
    void where_there_are_none_they_are_made() throws SQLException {
        tables().bringUpToDate();
        assertThat(migrated).hasValue(1);
        assertThatCode(() -> change("select id from run")).doesNotThrowAnyException();
    }

    @Test
    void a_migration_that_failed_is_left_to_the_migrations() throws SQLException {
        Databases.migrated(url());
        change(
                "update flyway_schema_history set success = 0 where version = '%s'"
                        .formatted(Tables.NEWEST));
        assertThatThrownBy(tables()::bringUpToDate).isInstanceOf(FlywayException.class);
    }

    @Test
    void a_database_that_is_not_there_is_asked_for_once() {
        var away = new Database(Databases.settings("jdbc:postgresql://127.0.0.1:1/none"));
        assertThatThrownBy(tables(away)::bringUpToDate).isInstanceOf(SQLException.class);
        assertThat(migrated).hasValue(0);
    }

    private Tables tables() {
        return tables(database());
    }

    private Tables tables(Database database) {
        return new Tables(
                database,
                () -> {
                    migrated.incrementAndGet();
                    return Databases.migrations(database, "latest");
                });
    }

    private Database database() {
        return new Database(Databases.settings(url()));
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("leat.db");
    }

    private void change(String sql) throws SQLException {
        try (var connection = database().openWriter();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
