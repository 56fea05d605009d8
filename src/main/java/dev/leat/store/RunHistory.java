package dev.leat.store;

import java.util.List;

/// A run with all that has happened in it.
///
/// @param tasks that have left PENDING, in no particular order
/// @param transitions in order
public record RunHistory(Run run, List<TaskRun> tasks, List<Transition> transitions) {
    public RunHistory {
        tasks = List.copyOf(tasks);
        transitions = List.copyOf(transitions);
    }
}
