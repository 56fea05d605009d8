package dev.leat.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Gives a row's columns from left to right.
final class Columns {
    private final ResultSet row;
    private int at = 1;

    Columns(ResultSet row) {
        this.row = row;
    }

    String text() throws SQLException {
        return row.getString(at++);
    }

    @Nullable String textOrNull() throws SQLException {
        return row.getString(at++);
    }

    int integer() throws SQLException {
        return row.getInt(at++);
    }

    long number() throws SQLException {
        return row.getLong(at++);
    }

    @Nullable Long numberOrNull() throws SQLException {
        var value = row.getLong(at++);
        return row.wasNull() ? null : (Long) value;
    }

    boolean truth() throws SQLException {
        return row.getInt(at++) != 0;
    }
}
