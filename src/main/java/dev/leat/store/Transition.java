package dev.leat.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One step of a run's history, never changed: numbered from 1 in its run without a gap. Attempts
/// are read from these.
@Entity
@Table(name = "transition")
@IdClass(Transition.Key.class)
public class Transition {

    @Id
    @Column(name = "run")
    public long run;

    @Id
    @Column(name = "seq")
    public long seq;

    /// Null where the run itself changed.
    @Column(name = "task")
    public @Nullable String task;

    /// A [TaskState], or a [RunState] where `task` is null, or `CANCEL_REQUESTED`.
    @Column(name = "state", nullable = false)
    public String state;

    @Column(name = "attempt", nullable = false)
    public int attempt;

    @Column(name = "reason")
    public @Nullable String reason;

    @Column(name = "error")
    public @Nullable String error;

    @Column(name = "due_at")
    public @Nullable Long dueAt;

    @Column(name = "at", nullable = false)
    public long at;

    /// The key's two parts.
    public static class Key implements Serializable {
        public long run;
        public long seq;

        public Key() {}

        public Key(long run, long seq) {
            this.run = run;
            this.seq = seq;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && run == that.run && seq == that.seq;
        }

        @Override
        public int hashCode() {
            return Objects.hash(run, seq);
        }
    }
}
