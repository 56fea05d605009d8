package dev.leat.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Takes a row's columns from left to right.
interface Values {

    Values text(@Nullable String value) throws SQLException;

    Values integer(int value) throws SQLException;

    Values number(long value) throws SQLException;

    Values number(@Nullable Long value) throws SQLException;
}
