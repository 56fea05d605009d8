package dev.leat.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.database.Databases;
import dev.leat.testing.Changes;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// The journal while PostgreSQL goes away and comes back.
class JournalOnPostgresqlTest {

    private static final long REVISION = 1;
    private static final long RUN = 2;

    @Test
    void a_restart_of_postgresql_loses_and_doubles_nothing() throws Exception {
        var folder = Files.createTempDirectory("leat-postgresql");
        var server = start(folder, 0);
        var port = server.getPort();
        var database = Databases.migrated(server.getJdbcUrl("postgres", "postgres"));
        var journal = new Journal(database, new RunFeed());
        journal.start();
        journal.write(List.of(Changes.revision(REVISION, "w", 1))).join();
        journal.write(List.of(Changes.opened(RUN, "w", REVISION))).join();

        var writes = new ArrayList<CompletableFuture<Void>>();
        for (long seq = 2; seq < 500; seq++) {
            writes.add(write(journal, seq));
        }
        server.close();
        for (long seq = 500; seq < 1_000; seq++) {
            writes.add(write(journal, seq));
        }
        await(() -> journal.statistics().trouble() != null);
        try (var _ = start(folder, port)) {
            for (var write : writes) {
                write.orTimeout(60, TimeUnit.SECONDS).join();
            }
            assertThat(journal.statistics().trouble()).isNull();
            try (var connection = database.openWriter();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("select count(*), max(seq) from transition")) {
                row.next();
                assertThat(row.getLong(1)).isEqualTo(999);
                assertThat(row.getLong(2)).isEqualTo(999);
            }
            journal.stop();
        }
    }

    @Test
    void a_killed_connection_is_replaced() throws Exception {
        try (var server = EmbeddedPostgres.builder().start()) {
            var database = Databases.migrated(server.getJdbcUrl("postgres", "postgres"));
            var journal = new Journal(database, new RunFeed());
            journal.start();
            journal.write(List.of(Changes.revision(REVISION, "w", 1))).join();
            journal.write(List.of(Changes.opened(RUN, "w", REVISION))).join();
            for (long seq = 2; seq < 10; seq++) {
                killConnections(server);
                write(journal, seq).orTimeout(30, TimeUnit.SECONDS).join();
            }
            assertThat(journal.statistics().transitions()).isEqualTo(9);
            journal.stop();
        }
    }

    private static CompletableFuture<Void> write(Journal journal, long seq) {
        return journal.write(List.of(Changes.task(RUN, seq, "t" + seq, TaskState.RUNNING)));
    }

    private static void killConnections(EmbeddedPostgres server) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'leat'");
        }
    }

    private static EmbeddedPostgres start(Path folder, int port) throws IOException {
        var builder =
                EmbeddedPostgres.builder().setDataDirectory(folder).setCleanDataDirectory(false);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
