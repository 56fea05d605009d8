package dev.leat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.store.database.Database;
import dev.leat.store.database.Databases;
import dev.leat.store.database.TamperedDatabase;
import dev.leat.testing.Changes;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Commits of which PostgreSQL's answer doesn't come, whatever becomes of them there, and claims
/// that come too late.
class UncertainCommitsTest {

    private static final long NODE = 7;
    private static final long REVISION = 1;
    private static final long RUN = 2;

    /// Long enough for whoever doesn't wait to look and to try again.
    private static final Executor LATER =
            CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS);

    private EmbeddedPostgres server;
    private TamperedDatabase database;
    private Journal journal;
    private Claims claims;

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedPostgres.builder().start();
        var url = server.getJdbcUrl("postgres", "postgres");
        Databases.migrated(url);
        database = new TamperedDatabase(url);
        join(database);
        var fence = new OnlyNode();
        var runs = new RunStore(new Reads(server.getPostgresDatabase()));
        journal = new Journal(database, new RunFeed(), fence);
        claims = new Claims(database, fence, journal, runs);
        journal.start();
        write(Changes.revision(REVISION, "w", 1));
        write(Changes.opened(RUN, "w", REVISION));
    }

    @AfterEach
    void stop() throws Exception {
        journal.stop();
        server.close();
    }

    @Test
    void one_that_takes_place_late_is_not_taken_for_a_refusal() throws SQLException {
        database.nextCommit(connection -> lost(connection, Connection::commit));
        write(Changes.task(RUN, 2, "a", TaskState.RUNNING));

        assertThat(numbers("select seq from transition where run = 2 order by seq"))
                .containsExactly(1L, 2L);
        assertThat(journal.statistics().refused()).isZero();
    }

    @Test
    void one_that_is_undone_late_is_made_again() throws SQLException {
        database.nextCommit(connection -> lost(connection, Connection::close));
        write(Changes.task(RUN, 2, "a", TaskState.RUNNING));

        assertThat(numbers("select seq from transition where run = 2 order by seq"))
                .containsExactly(1L, 2L);
    }

    @Test
    void runs_whose_claim_took_place_without_an_answer_are_this_nodes_all_the_same()
            throws SQLException {
        orphan();
        database.nextCommit(connection -> lost(connection, Connection::commit));

        assertThatThrownBy(() -> claims.orphaned(10)).isInstanceOf(SQLException.class);

        assertThat(claims.uncertain()).containsExactly(RUN);
        assertThat(claims.uncertain()).isEmpty();
        assertThat(claims.orphaned(10)).isEmpty();
    }

    @Test
    void runs_whose_claim_was_undone_are_anybodys() throws SQLException {
        orphan();
        database.nextCommit(connection -> lost(connection, Connection::close));

        assertThatThrownBy(() -> claims.orphaned(10)).isInstanceOf(SQLException.class);

        assertThat(claims.uncertain()).isEmpty();
        assertThat(claims.orphaned(10)).containsExactly(RUN);
    }

    @Test
    void a_run_in_line_is_not_claimed_under_a_lock_that_is_lost() throws SQLException {
        change("update run set owner = null where id = " + RUN);
        var locks = new Locks(database);

        assertThat(
                        locks.within(
                                "line",
                                () -> {
                                    endLocks();
                                    return claim();
                                }))
                .isFalse();
        assertThat(locks.within("line", this::claim)).isTrue();
    }

    @Test
    void of_the_runs_without_a_node_those_that_others_have_started_are_claimed_alone()
            throws SQLException {
        orphan();
        assertThat(claims.orphanedChildren(10)).isEmpty();

        change("update run set trigger_kind = 'subflow' where id = " + RUN);

        assertThat(claims.orphanedChildren(10)).containsExactly(RUN);
        assertThat(numbers("select owner from run where id = " + RUN)).containsExactly(NODE);
    }

    private boolean claim() {
        try {
            return claims.one(RUN);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /// As the server ends a transaction in which nothing happens.
    private void endLocks() {
        numbers(
                "select pid from (select distinct pid from pg_locks where locktype = 'advisory') as held where pg_terminate_backend(pid, 10000)");
    }

    private static void lost(Connection connection, End end) throws SQLException {
        LATER.execute(
                () -> {
                    try {
                        end.of(connection);
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                });
        throw new SQLException("the answer is lost");
    }

    private interface End {
        void of(Connection connection) throws SQLException;
    }

    /// The connection that claims is there already: it is to be lost with a claim.
    private void orphan() throws SQLException {
        assertThat(claims.orphaned(10)).isEmpty();
        change("update run set state = 'RUNNING', owner = null where id = " + RUN);
    }

    private void change(String sql) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void join(Database database) throws SQLException {
        try (var link = database.openLease(Duration.ofHours(1))) {
            new NodeTable(database.kind())
                    .insert(
                            link,
                            new NodeTable.Self(NODE, "/srv/leat", "it", null, "0.1", 64, 0, 0),
                            Duration.ofHours(1));
        }
    }

    private void write(Change change) {
        journal.write(List.of(change)).orTimeout(30, TimeUnit.SECONDS).join();
    }

    private List<Long> numbers(String query) {
        return new Reads(server.getPostgresDatabase()).list(query, Columns::number);
    }

    /// Shares its database, and never loses its lease.
    private static final class OnlyNode implements Fence {

        @Override
        public long node() {
            return NODE;
        }

        @Override
        public boolean shared() {
            return true;
        }

        @Override
        public boolean heard() {
            return false;
        }

        @Override
        public void lost(long which, String why) {
            throw new AssertionError(why);
        }
    }
}
