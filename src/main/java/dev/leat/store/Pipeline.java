package dev.leat.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Several statements that PostgreSQL gets in one message and answers in one: a round trip takes
/// about as long there as what the statements do.
final class Pipeline {

    private final long node;
    private final List<String> statements = new ArrayList<>();
    private final List<ArrayValues> parameters = new ArrayList<>();

    /// Begins with the question whether the node may write still.
    ///
    /// @param node 0 to ask for none
    Pipeline(long node) {
        this.node = node;
        if (node != 0) {
            statements.add(JournalSql.HOLDS);
        }
    }

    <R> Pipeline add(JournalTable<R> table, Collection<R> rows) throws SQLException {
        if (!rows.isEmpty()) {
            var arrays = new ArrayValues();
            for (var row : rows) {
                arrays.next();
                table.binding().bind(row, arrays);
            }
            statements.add(table.all());
            parameters.add(arrays);
        }
        return this;
    }

    String sql() {
        return String.join(";\n", statements);
    }

    /// @param statement of [#sql]
    /// @return false where the node may not write any more; nothing must be committed then
    boolean execute(Connection connection, PreparedStatement statement) throws SQLException {
        int parameter = 1;
        if (node != 0) {
            statement.setLong(parameter++, node);
        }
        for (var arrays : parameters) {
            parameter = arrays.bind(connection, statement, parameter);
        }
        statement.execute();
        if (node == 0) {
            return true;
        }
        try (var held = statement.getResultSet()) {
            return held.next();
        }
    }
}
