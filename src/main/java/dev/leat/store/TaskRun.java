package dev.leat.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.hibernate.type.NumericBooleanConverter;
import org.jspecify.annotations.Nullable;

/// Where a task of a run is now. A task without a row is pending.
@Entity
@Table(name = "task_run")
@IdClass(TaskRun.Key.class)
public class TaskRun {

    @Id
    @Column(name = "run")
    public long run;

    @Id
    @Column(name = "task")
    public String task;

    @Enumerated(EnumType.STRING)
    @Column(name = "state", nullable = false)
    public TaskState state;

    @Column(name = "attempt", nullable = false)
    public int attempt;

    /// How many of the attempts were lost with their process.
    @Column(name = "lost", nullable = false)
    public int lost;

    @Column(name = "reason")
    public @Nullable String reason;

    @Column(name = "due_at")
    public @Nullable Long dueAt;

    @Column(name = "started_at")
    public @Nullable Long startedAt;

    @Column(name = "finished_at")
    public @Nullable Long finishedAt;

    /// A [dev.leat.task.TaskError] as JSON.
    @Column(name = "error")
    public @Nullable String error;

    /// Whether `task_output` has a row for it.
    @Convert(converter = NumericBooleanConverter.class)
    @Column(name = "has_output", nullable = false)
    public boolean hasOutput;

    /// The key's two parts.
    public static class Key implements Serializable {
        public long run;
        public String task;

        public Key() {
            task = "";
        }

        public Key(long run, String task) {
            this.run = run;
            this.task = task;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && run == that.run && Objects.equals(task, that.task);
        }

        @Override
        public int hashCode() {
            return Objects.hash(run, task);
        }
    }
}
