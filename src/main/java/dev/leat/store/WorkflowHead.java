package dev.leat.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A workflow as lists show it: which revision is current, and what its text says of itself.
public final class WorkflowHead {

    static final String COLUMNS =
            """
            w.id, w.namespace, w.name, w.description, w.labels, w.revision, w.revision_number, w.origin, w.updated_at,
            w.deleted""";

    /// Qualified id.
    public final String id;

    public final String namespace;

    public final String name;

    public final String description;

    /// A JSON object.
    public final String labels;

    /// The current revision; null while only one-off texts of it have run.
    public final @Nullable Long revision;

    /// The number of the newest revision, current or not.
    public final int revisionNumber;

    public final String origin;

    /// Microseconds since 1970 in UTC.
    public final long updatedAt;

    public final boolean deleted;

    /// @param row with [#COLUMNS]
    WorkflowHead(Columns row) throws SQLException {
        id = row.text();
        namespace = row.text();
        name = row.text();
        description = row.text();
        labels = row.text();
        revision = row.numberOrNull();
        revisionNumber = row.integer();
        origin = row.text();
        updatedAt = row.number();
        deleted = row.truth();
    }
}
