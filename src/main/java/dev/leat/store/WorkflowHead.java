package dev.leat.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.SQLException;
import org.hibernate.type.NumericBooleanConverter;
import org.jspecify.annotations.Nullable;

/// A workflow as lists show it: which revision is current, and what its text says of itself.
@Entity
@Table(name = "workflow")
public class WorkflowHead {

    /// Qualified id.
    @Id public String id;

    @Column(name = "namespace", nullable = false)
    public String namespace;

    @Column(name = "name", nullable = false)
    public String name;

    @Column(name = "description", nullable = false)
    public String description;

    @Column(name = "labels", nullable = false)
    public String labels;

    /// The current revision; null while only one-off texts of it have run.
    @Column(name = "revision")
    public @Nullable Long revision;

    /// The number of the newest revision, current or not.
    @Column(name = "revision_number", nullable = false)
    public int revisionNumber;

    @Column(name = "origin", nullable = false)
    public String origin;

    @Column(name = "updated_at", nullable = false)
    public long updatedAt;

    @Convert(converter = NumericBooleanConverter.class)
    @Column(name = "deleted", nullable = false)
    public boolean deleted;

    /// From the columns in their order here, without the last.
    static WorkflowHead read(Columns row) throws SQLException {
        var head = new WorkflowHead();
        head.id = row.text();
        head.namespace = row.text();
        head.name = row.text();
        head.description = row.text();
        head.labels = row.text();
        head.revision = row.numberOrNull();
        head.revisionNumber = row.integer();
        head.origin = row.text();
        head.updatedAt = row.number();
        return head;
    }
}
