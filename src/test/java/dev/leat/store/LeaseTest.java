package dev.leat.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.database.Databases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node and the connection over which it says that it lives.
class LeaseTest {

    /// Two thirds of the lease are over before the renewal after the next is due.
    private static final ClusterConfig CONFIG =
            new ClusterConfig() {

                @Override
                public Optional<String> nodeName() {
                    return Optional.of("here");
                }

                @Override
                public Duration lease() {
                    return Duration.ofSeconds(9);
                }

                @Override
                public Duration renew() {
                    return Duration.ofSeconds(4);
                }
            };

    @TempDir private Path folder;
    private EmbeddedPostgres server;
    private Membership membership;

    @BeforeEach
    void join() throws Exception {
        server = EmbeddedPostgres.builder().start();
        var database = Databases.migrated(server.getJdbcUrl("postgres", "postgres"));
        var directory = new DataDirectory(folder.toString());
        membership =
                new Membership(
                        database, directory, CONFIG, new Ids(InstantSource.system()), "0.1", true);
        membership.join();
    }

    @AfterEach
    void leave() throws Exception {
        membership.leave();
        server.close();
    }

    @Test
    void a_renewal_whose_connection_breaks_is_tried_again_while_the_lease_still_runs()
            throws Exception {
        var node = membership.node();
        awaitRenewal(node);
        breakConnections();
        awaitRenewal(node);
        assertThat(membership.node()).isEqualTo(node);
    }

    private void awaitRenewal(long node) throws SQLException {
        var seen = seenAt(node);
        await(() -> seenAt(node) > seen || membership.node() != node);
    }

    private void breakConnections() throws SQLException {
        ask(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'");
    }

    private long seenAt(long node) throws SQLException {
        return ask("select seen_at from node where id = " + node);
    }

    private long ask(String sql) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private static void await(Condition condition) throws SQLException {
        var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
