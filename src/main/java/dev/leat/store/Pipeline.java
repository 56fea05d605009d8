package dev.leat.store;

import dev.leat.store.JournalStatements.Parameters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// A transaction that PostgreSQL gets in one message and answers in one: a round trip takes about
/// as long there as what its statements do. After the first that fails it carries out none.
final class Pipeline {

    /// Up to so many rows of a kind are listed; more are arrays, which take the database longer to
    /// begin with.
    private static final int MOST_LISTED = 4;

    private final List<String> statements = new ArrayList<>();
    private final List<Parameters> parameters = new ArrayList<>();

    /// Begins with what fails where the node may not write any more, or has lost one of its locks,
    /// or a revision isn't current any more.
    ///
    /// @param node 0 to ask for none
    Pipeline(long node, Collection<Hold> holds, Collection<Change.MustBeCurrent> current) {
        if (node != 0) {
            add(JournalSql.MUST_HOLD, to -> to.number(node));
        }
        for (var hold : holds) {
            for (var name : hold.names()) {
                add(JournalSql.MUST_HOLD_LOCK, to -> to.text(name).number(hold.transaction()));
            }
        }
        for (var must : current) {
            add(JournalSql.MUST_BE_CURRENT, to -> to.text(must.workflow()).number(must.revision()));
        }
    }

    Pipeline add(String sql, Parameters parameters) {
        statements.add(sql);
        this.parameters.add(parameters);
        return this;
    }

    <R> Pipeline add(JournalTable<R> table, Collection<R> rows) {
        if (rows.size() > MOST_LISTED) {
            return add(table.all(), to -> bindAll(table, rows, to));
        }
        if (table.inserts() && rows.size() > 1) {
            return add(table.some(rows.size()), to -> bindEach(table, rows, to));
        }
        for (var row : rows) {
            add(table.each(), to -> table.binding().bind(row, to));
        }
        return this;
    }

    private static <R> void bindEach(JournalTable<R> table, Collection<R> rows, Binder to)
            throws SQLException {
        for (var row : rows) {
            table.binding().bind(row, to);
        }
    }

    private static <R> void bindAll(JournalTable<R> table, Collection<R> rows, Binder to)
            throws SQLException {
        var arrays = new ArrayValues();
        for (var row : rows) {
            arrays.next();
            table.binding().bind(row, arrays);
        }
        arrays.bind(to);
    }

    /// Carries it out, and commits.
    ///
    /// @throws SQLException where it is the answer to one of the statements, nothing is stored;
    /// where the connection is lost, nobody knows
    void commit(Connection connection) throws SQLException {
        var sql = String.join(";\n", statements) + ";\n" + JournalSql.COMMIT;
        // The driver keeps those that come often.
        try (var statement = connection.prepareStatement(sql)) {
            var to = new Binder(statement);
            for (var each : parameters) {
                each.bind(to);
            }
            execute(statement);
        }
    }

    private static void execute(PreparedStatement statement) throws SQLException {
        try {
            statement.execute();
        } catch (RuntimeException e) {
            throw new SQLException("the answer can't be read", e);
        }
    }
}
