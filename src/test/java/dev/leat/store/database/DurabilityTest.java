package dev.leat.store.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.database.DatabaseConfig.Durability;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `leat.database.durability` comes to at the connection that writes, as the database itself
/// says.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DurabilityTest {

    private EmbeddedPostgres server;

    @BeforeAll
    void start() throws IOException {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
    }

    /// 2 is a sync at each commit, 1 one now and then.
    @ParameterizedTest
    @CsvSource({"POWER, 2", "PROCESS, 1"})
    void sqlite_syncs_each_commit_where_power_may_fail(
            Durability durability, String synchronous, @TempDir Path folder) throws SQLException {
        var database = Databases.migrated("jdbc:sqlite:" + folder.resolve("leat.db"), durability);

        assertThat(answer(database, "pragma synchronous")).isEqualTo(synchronous);
        assertThat(answer(database, "pragma journal_mode")).isEqualTo("wal");
    }

    @ParameterizedTest
    @CsvSource({"POWER, on", "PROCESS, off"})
    void postgresql_syncs_each_commit_where_power_may_fail(Durability durability, String expected)
            throws SQLException {
        assertThat(synchronousCommit("on", durability)).isEqualTo(expected);
    }

    @Test
    void a_server_that_forgets_what_it_acknowledged_is_told_not_to() throws SQLException {
        assertThat(synchronousCommit("off", Durability.POWER)).isEqualTo("on");
    }

    @ParameterizedTest
    @CsvSource({"remote_apply", "remote_write"})
    void a_server_that_waits_for_its_standbys_goes_on_doing_so(String setting) throws SQLException {
        assertThat(synchronousCommit(setting, Durability.POWER)).isEqualTo(setting);
    }

    private String synchronousCommit(String ofServer, Durability durability) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("alter role postgres set synchronous_commit = " + ofServer);
        }
        var url = server.getJdbcUrl("postgres", "postgres");
        return answer(Databases.migrated(url, durability), "show synchronous_commit");
    }

    private static String answer(Database database, String question) throws SQLException {
        try (var connection = database.openWriter();
                var statement = connection.createStatement();
                var row = statement.executeQuery(question)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
