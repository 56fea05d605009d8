package dev.leat.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/// Sets a statement's parameters from left to right.
final class Binder implements Values {
    private final PreparedStatement statement;
    private int at = 1;

    Binder(PreparedStatement statement) {
        this.statement = statement;
    }

    @Override
    public Binder text(@Nullable String value) throws SQLException {
        statement.setString(at++, value);
        return this;
    }

    @Override
    public Binder integer(int value) throws SQLException {
        statement.setInt(at++, value);
        return this;
    }

    @Override
    public Binder number(long value) throws SQLException {
        statement.setLong(at++, value);
        return this;
    }

    @Override
    public Binder number(@Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(at++, Types.BIGINT);
        } else {
            statement.setLong(at++, value);
        }
        return this;
    }

    /// Of PostgreSQL's type of that name.
    Binder array(String type, @Nullable Object[] values) throws SQLException {
        statement.setArray(at++, statement.getConnection().createArrayOf(type, values));
        return this;
    }
}
