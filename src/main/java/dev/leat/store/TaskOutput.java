package dev.leat.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/// What a task handed on, as JSON text. Apart from [TaskRun], so that lists of tasks stay small.
@Entity
@Table(name = "task_output")
@IdClass(TaskRun.Key.class)
public class TaskOutput {

    @Id
    @Column(name = "run")
    public long run;

    @Id
    @Column(name = "task")
    public String task;

    @Column(name = "json", nullable = false)
    public String json;
}
