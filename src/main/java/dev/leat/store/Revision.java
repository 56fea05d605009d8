package dev.leat.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// An immutable text of a workflow; a run pins one.
public final class Revision {

    static final String COLUMNS =
            "v.id, v.workflow, v.number, v.hash, v.source, v.format, v.origin, v.author, v.created_at";

    public final long id;

    /// Qualified id.
    public final String workflow;

    public final int number;

    public final String hash;

    public final String source;

    /// `JSON` or `YAML`.
    public final String format;

    /// `api`, `dashboard`, `cli`, or `file:<path>`.
    public final String origin;

    public final @Nullable String author;

    /// Microseconds since 1970 in UTC.
    public final long createdAt;

    /// @param row with [#COLUMNS]
    Revision(Columns row) throws SQLException {
        id = row.number();
        workflow = row.text();
        number = row.integer();
        hash = row.text();
        source = row.text();
        format = row.text();
        origin = row.text();
        author = row.textOrNull();
        createdAt = row.number();
    }
}
