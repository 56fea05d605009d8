package dev.leat.plugin;

import dev.leat.task.Task;

/// A task type with the code that performs it.
public record RegisteredTask(TaskType type, Task task) {}
