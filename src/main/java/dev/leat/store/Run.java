package dev.leat.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/// A run as stored. Written by the [Journal] alone; JSON columns hold text, times hold microseconds
/// since 1970 in UTC.
@Entity
@Table(name = "run")
public class Run {

    @Id public long id;

    /// Qualified id.
    @Column(name = "workflow", nullable = false)
    public String workflow;

    @Column(name = "revision", nullable = false)
    public long revision;

    /// The revision's number, as people see it.
    @Column(name = "revision_number", nullable = false)
    public int revisionNumber;

    @Enumerated(EnumType.STRING)
    @Column(name = "state", nullable = false)
    public RunState state;

    @Column(name = "reason")
    public @Nullable String reason;

    @Column(name = "inputs", nullable = false)
    public String inputs;

    @Column(name = "outputs")
    public @Nullable String outputs;

    /// A [Change.RunError] as JSON.
    @Column(name = "error")
    public @Nullable String error;

    @Column(name = "trigger_kind", nullable = false)
    public String trigger;

    @Column(name = "trigger_facts", nullable = false)
    public String triggerFacts;

    @Column(name = "started_by")
    public @Nullable String startedBy;

    @Column(name = "labels", nullable = false)
    public String labels;

    @Column(name = "idempotency_key")
    public @Nullable String idempotencyKey;

    @Column(name = "payload_hash")
    public @Nullable String payloadHash;

    @Column(name = "task_count", nullable = false)
    public int taskCount;

    @Column(name = "created_at", nullable = false)
    public long createdAt;

    @Column(name = "started_at")
    public @Nullable Long startedAt;

    @Column(name = "finished_at")
    public @Nullable Long finishedAt;

    @Column(name = "cancel_requested_at")
    public @Nullable Long cancelRequestedAt;

    /// The number of its newest transition. Read from the history: a column would have to be
    /// written again, with the whole row, for each transition.
    @Formula("(select max(t.seq) from transition t where t.run = id)")
    public long lastSeq;

    /// The node that carries it, or carried it last; null while nobody does.
    @Column(name = "owner")
    public @Nullable Long owner;

    /// Larger goes first among those that wait.
    @Column(name = "priority", nullable = false)
    public int priority;

    /// Who asked for its end, where its node had to be told, and why.
    @Column(name = "cancel_by")
    public @Nullable String cancelBy;

    @Column(name = "cancel_reason")
    public @Nullable String cancelReason;

    /// Grows each time the run changes its owner.
    @Column(name = "fence", nullable = false)
    public long fence;
}
