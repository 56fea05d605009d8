package dev.leat.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.task.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    @TempDir Path folder;
    String url = "";

    @BeforeEach
    void placeDatabase() {
        url = "jdbc:sqlite:" + folder.resolve("data").resolve("leat.db");
    }

    @Test
    void a_copy_is_as_of_one_moment_while_others_write() throws Exception {
        var database = Databases.migrated(url);
        var stop = new AtomicBoolean();
        var pairs = new AtomicLong();
        var writer = Thread.ofPlatform().start(() -> writePairs(database, stop, pairs));
        for (int copy = 1; copy <= 5; copy++) {
            awaitPairs(pairs, pairs.get() + 50);
            var written = pairs.get();
            var made = backup().to(folder.resolve("copy-" + copy));

            // Both halves of each pair, and all that were committed before.
            assertThat(count(made.file(), "pool")).isGreaterThanOrEqualTo(written);
            assertThat(count(made.file(), "pool_place")).isEqualTo(count(made.file(), "pool"));
            assertThat(made.bytes()).isEqualTo(Files.size(made.file()));
        }
        stop.set(true);
        writer.join();
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains(".part"));
    }

    @Test
    void a_database_that_nobody_uses_is_copied_too() {
        Databases.migrated(url);

        var made = backup().to(folder.resolve("copy"));

        assertThat(made.runs()).isZero();
        assertThat(Databases.migrated("jdbc:sqlite:" + made.file()).place())
                .endsWith(made.file().toString());
    }

    @Test
    void a_file_that_exists_is_left_as_it_is() throws IOException {
        Databases.migrated(url);
        var precious = Files.writeString(folder.resolve("precious"), "precious");

        assertThatThrownBy(() -> backup().to(precious))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining(precious.toString())
                .hasMessageContaining("exists already");
        assertThat(precious).hasContent("precious");
    }

    @Test
    void no_database_is_made_where_there_is_none() {
        assertThatThrownBy(() -> backup().to(folder.resolve("copy")))
                .isInstanceOf(Refusal.NotFound.class)
                .hasMessageContaining("leat.db");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_file_that_is_no_database_leaves_no_copy() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data").resolve("leat.db"), "no database".repeat(1_000));

        assertThatThrownBy(() -> backup().to(folder.resolve("copy")))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("can't be copied");
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("copy"));
    }

    @Test
    void postgresql_is_left_to_its_own_tools() {
        var postgresql = new Backup(Databases.settings("jdbc:postgresql://db/leat?password=x"));

        assertThatThrownBy(() -> postgresql.to(folder.resolve("copy")))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("pg_dump")
                .hasMessageNotContaining("password");
    }

    private Backup backup() {
        return new Backup(Databases.settings(url));
    }

    private static void writePairs(Database database, AtomicBoolean stop, AtomicLong pairs) {
        try (var connection = database.openWriter();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!stop.get()) {
                var number = pairs.get();
                statement.executeUpdate("insert into pool values ('p%d', 1, 1)".formatted(number));
                statement.executeUpdate(
                        "insert into pool_place values ('p%d', 1, 't')".formatted(number));
                connection.commit();
                pairs.incrementAndGet();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitPairs(AtomicLong pairs, long wanted) {
        var end = System.nanoTime() + 30_000_000_000L;
        while (pairs.get() < wanted) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static long count(Path file, String table) throws SQLException {
        var connection =
                Sqlite.connect("jdbc:sqlite:" + file, false, DatabaseConfig.Durability.POWER);
        try (connection;
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
