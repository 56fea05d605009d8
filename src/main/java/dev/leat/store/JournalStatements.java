package dev.leat.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// The statements of the one connection that writes. They stay prepared as long as it lives.
final class JournalStatements {

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    JournalStatements(Connection connection) {
        this.connection = connection;
    }

    <R> void batch(JournalTable<R> table, Collection<R> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        var statement = prepare(table.each());
        if (rows.size() == 1) {
            table.binding().bind(rows.iterator().next(), new Binder(statement));
            statement.executeUpdate();
            return;
        }
        for (var row : rows) {
            table.binding().bind(row, new Binder(statement));
            statement.addBatch();
        }
        statement.executeBatch();
    }

    void one(String sql, Parameters parameters) throws SQLException {
        var statement = prepare(sql);
        parameters.bind(new Binder(statement));
        statement.executeUpdate();
    }

    /// Calls a function; what it gives back doesn't matter.
    void call(String sql, Parameters parameters) throws SQLException {
        var statement = prepare(sql);
        parameters.bind(new Binder(statement));
        statement.execute();
    }

    boolean exists(String sql, long... key) throws SQLException {
        return exists(
                sql,
                to -> {
                    for (var part : key) {
                        to.number(part);
                    }
                });
    }

    boolean exists(String sql, Parameters parameters) throws SQLException {
        var statement = prepare(sql);
        parameters.bind(new Binder(statement));
        try (var found = statement.executeQuery()) {
            return found.next();
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        var known = prepared.get(sql);
        if (known != null) {
            return known;
        }
        var statement = connection.prepareStatement(sql);
        prepared.put(sql, statement);
        return statement;
    }

    /// After a failure some rows may still be waiting in a statement.
    void clear() throws SQLException {
        for (var statement : prepared.values()) {
            statement.clearBatch();
        }
    }

    @FunctionalInterface
    interface Parameters {
        void bind(Binder to) throws SQLException;
    }
}
