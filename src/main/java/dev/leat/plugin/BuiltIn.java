package dev.leat.plugin;

import dev.leat.task.Task;

/// A task type that is part of Leat: a bean that says what it is and does it.
public interface BuiltIn extends Task {

    TaskType type();
}
