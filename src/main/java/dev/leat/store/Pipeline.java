package dev.leat.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Several statements that PostgreSQL gets in one message and answers in one: a round trip takes
/// about as long there as what the statements do.
final class Pipeline {

    /// Up to so many rows of a kind have a statement each; more are arrays, which take the database
    /// longer to begin with.
    private static final int MOST_SINGLE = 2;

    private int conditions;
    private final List<String> statements = new ArrayList<>();
    private final List<Parameters> parameters = new ArrayList<>();

    /// Begins with the questions whether the node may write still, and has its locks.
    ///
    /// @param node 0 to ask for none
    Pipeline(long node, Collection<Hold> holds) {
        if (node != 0) {
            condition(JournalSql.HOLDS, to -> to.number(node));
        }
        for (var hold : holds) {
            for (var name : hold.names()) {
                condition(JournalSql.HOLDS_LOCK, to -> to.text(name).number(hold.transaction()));
            }
        }
    }

    private void condition(String sql, Parameters parameters) {
        conditions++;
        statements.add(sql);
        this.parameters.add(parameters);
    }

    <R> Pipeline add(JournalTable<R> table, Collection<R> rows) {
        if (rows.size() <= MOST_SINGLE) {
            for (var row : rows) {
                statements.add(table.each());
                parameters.add(to -> table.binding().bind(row, to));
            }
        } else {
            statements.add(table.all());
            parameters.add(to -> bindAll(table, rows, to));
        }
        return this;
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

    /// @return false where the node may not write any more, or not this; nothing must be committed
    /// then
    boolean execute(Connection connection) throws SQLException {
        // The driver keeps those that come often.
        try (var statement = connection.prepareStatement(String.join(";\n", statements))) {
            var to = new Binder(statement);
            for (var each : parameters) {
                each.bind(to);
            }
            var more = statement.execute();
            for (int number = 0; number < conditions; number++) {
                if (!more || !statement.getResultSet().next()) {
                    return false;
                }
                more = statement.getMoreResults();
            }
            return true;
        }
    }

    @FunctionalInterface
    private interface Parameters {
        void bind(Binder to) throws SQLException;
    }
}
