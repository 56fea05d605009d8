package dev.leat.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/// An immutable text of a workflow; a run pins one.
@Entity
@Table(name = "revision")
public class Revision {

    @Id public long id;

    /// Qualified id.
    @Column(name = "workflow", nullable = false)
    public String workflow;

    @Column(name = "number", nullable = false)
    public int number;

    @Column(name = "hash", nullable = false)
    public String hash;

    @Column(name = "source", nullable = false)
    public String source;

    /// `JSON` or `YAML`.
    @Column(name = "format", nullable = false)
    public String format;

    /// `api`, `dashboard`, `cli`, or `file:<path>`.
    @Column(name = "origin", nullable = false)
    public String origin;

    @Column(name = "author")
    public @Nullable String author;

    /// Why it was saved, in its author's words.
    @Column(name = "message")
    public @Nullable String message;

    @Column(name = "created_at", nullable = false)
    public long createdAt;
}
