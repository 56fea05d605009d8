package dev.leat.store;

import dev.leat.store.database.DatabaseKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What is written about nodes, over a connection without auto-commit. Only the database's clock
/// counts: those of the nodes may differ.
final class NodeTable {

    private static final Duration REMEMBERED = Duration.ofDays(7);
    private static final String OPEN = "('QUEUED', 'RUNNING', 'PAUSED')";
    private static final String CARRYING = "('LIVE', 'DRAINING')";

    private final DatabaseKind kind;
    private final String now;

    NodeTable(DatabaseKind kind) {
        this.kind = kind;
        this.now =
                switch (kind) {
                    case SQLITE -> "cast((julianday('now') - 2440587.5) * 86400000000 as integer)";
                    case POSTGRESQL ->
                            "cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)";
                };
    }

    /// @param lease zero where nobody else could take over
    void insert(Connection connection, Self self, Duration lease) throws SQLException {
        var leased = lease.isZero() ? "null" : now + " + " + micros(lease);
        var sql =
                """
                insert into node (id, home, name, url, version, state, slots, running, runs, started_at, seen_at, lease_until)
                values (?, ?, ?, ?, ?, 'LIVE', ?, 0, 0, %s, %s, %s)"""
                        .formatted(now, now, leased);
        try (var statement = connection.prepareStatement(sql)) {
            new Binder(statement)
                    .number(self.id())
                    .text(self.home())
                    .text(self.name())
                    .text(self.url())
                    .text(self.version())
                    .integer(self.slots());
            statement.executeUpdate();
        }
        forgetOld(connection);
        connection.commit();
    }

    /// Each process leaves a row behind, one-shot commands too.
    private void forgetOld(Connection connection) throws SQLException {
        update(
                connection,
                "delete from node where id <> ? and state in ('STOPPED', 'LOST') and seen_at < %s - %d"
                        .formatted(now, micros(REMEMBERED)),
                0);
    }

    /// Says that the node lives.
    ///
    /// @return false where others have taken it for lost
    boolean renew(Connection connection, Self self, Duration lease) throws SQLException {
        var sql =
                """
                update node set seen_at = %s, lease_until = %s + %d, url = ?, slots = ?, running = ?, runs = ?
                where id = ? and state in %s"""
                        .formatted(now, now, micros(lease), CARRYING);
        try (var statement = connection.prepareStatement(sql)) {
            new Binder(statement)
                    .text(self.url())
                    .integer(self.slots())
                    .integer(self.running())
                    .integer(self.runs())
                    .number(self.id());
            var renewed = statement.executeUpdate() == 1;
            connection.commit();
            return renewed;
        }
    }

    /// Nodes whose lease has run out.
    List<Long> expired(Connection connection) throws SQLException {
        return ids(
                connection,
                "select id from node where state in %s and lease_until < %s"
                        .formatted(CARRYING, now));
    }

    /// Nodes before this one on the same data directory; with an embedded database all others.
    List<Long> predecessors(Connection connection, Self self) throws SQLException {
        var others = "select id from node where state in %s and id <> ?".formatted(CARRYING);
        return switch (kind) {
            case SQLITE -> ids(connection, others, self.id());
            case POSTGRESQL -> {
                try (var statement = connection.prepareStatement(others + " and home = ?")) {
                    new Binder(statement).number(self.id()).text(self.home());
                    yield ids(statement);
                }
            }
        };
    }

    int peers(Connection connection, long self) throws SQLException {
        return ids(
                        connection,
                        "select id from node where state in %s and id <> ? and lease_until >= %s"
                                .formatted(CARRYING, now),
                        self)
                .size();
    }

    /// Takes a node for lost: what it still writes isn't kept, and its runs are up for others.
    ///
    /// @param onlyExpired leave it where it was heard of meanwhile
    /// @return how many runs it had; -1 where it was left
    int fence(Connection connection, long node, boolean onlyExpired) throws SQLException {
        var condition = onlyExpired ? " and lease_until < " + now : "";
        // Each write of the node holds its row shared, so this waits for the one that is under way.
        var locked =
                ids(
                        connection,
                        "select id from node where id = ? and state in %s%s%s"
                                .formatted(CARRYING, condition, forUpdate()),
                        node);
        if (locked.isEmpty()) {
            connection.rollback();
            return -1;
        }
        var freed = free(connection, node, Node.State.LOST);
        connection.commit();
        return freed;
    }

    void drain(Connection connection, long node) throws SQLException {
        update(
                connection,
                "update node set state = 'DRAINING' where id = ? and state = 'LIVE'",
                node);
        connection.commit();
    }

    /// The node stops: what it has left is up for others.
    void leave(Connection connection, long node) throws SQLException {
        free(connection, node, Node.State.STOPPED);
        connection.commit();
    }

    private int free(Connection connection, long node, Node.State state) throws SQLException {
        update(
                connection,
                "update node set state = '%s', running = 0, runs = 0, lease_until = null where id = ? and state in %s"
                        .formatted(state, CARRYING),
                node);
        var freed =
                update(
                        connection,
                        "update run set owner = null where owner = ? and state in %s"
                                .formatted(OPEN),
                        node);
        if (kind == DatabaseKind.POSTGRESQL && freed > 0) {
            tell(connection, node);
        }
        return freed;
    }

    private static void tell(Connection connection, long node) throws SQLException {
        try (var statement = connection.prepareStatement(JournalSql.TELL)) {
            new Binder(statement).text(Signals.CHANNEL).text(Ids.text(node) + " " + Signals.WORK);
            statement.execute();
        }
    }

    private String forUpdate() {
        return switch (kind) {
            case SQLITE -> "";
            case POSTGRESQL -> " for update";
        };
    }

    private static int update(Connection connection, String sql, long node) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            new Binder(statement).number(node);
            return statement.executeUpdate();
        }
    }

    private static List<Long> ids(Connection connection, String sql, long... parameters)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            var to = new Binder(statement);
            for (var parameter : parameters) {
                to.number(parameter);
            }
            return ids(statement);
        }
    }

    private static List<Long> ids(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            var ids = new ArrayList<Long>();
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
            return ids;
        }
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }

    /// This process as a node.
    ///
    record Self(
            long id,
            String home,
            String name,
            @Nullable String url,
            String version,
            int slots,
            int running,
            int runs) {}
}
