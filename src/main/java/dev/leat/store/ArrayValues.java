package dev.leat.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers rows by column, as PostgreSQL's `unnest` takes them.
final class ArrayValues implements Values {

    private final List<Column> columns = new ArrayList<>();
    private int at;

    private record Column(String type, List<@Nullable Object> values) {}

    /// The row before is complete.
    void next() {
        at = 0;
    }

    @Override
    public ArrayValues text(@Nullable String value) {
        return add("text", value);
    }

    @Override
    public ArrayValues integer(int value) {
        return add("integer", value);
    }

    @Override
    public ArrayValues number(long value) {
        return add("bigint", value);
    }

    @Override
    public ArrayValues number(@Nullable Long value) {
        return add("bigint", value);
    }

    private ArrayValues add(String type, @Nullable Object value) {
        if (at == columns.size()) {
            columns.add(new Column(type, new ArrayList<>()));
        }
        columns.get(at++).values.add(value);
        return this;
    }

    void bind(Binder to) throws SQLException {
        for (var column : columns) {
            to.array(column.type, column.values.toArray());
        }
    }
}
