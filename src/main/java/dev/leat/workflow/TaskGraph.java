package dev.leat.workflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An acyclic graph of tasks. Tasks are numbered from 0 in the document's order, and the arrays
/// must not be written to.
public final class TaskGraph {

    private final List<TaskSpec> tasks;
    private final Map<String, Integer> numbers;
    private final int[][] dependencies;
    private final int[][] dependents;
    private final int[] order;

    TaskGraph(List<TaskSpec> tasks, int[][] dependencies, int[][] dependents, int[] order) {
        this.tasks = List.copyOf(tasks);
        this.dependencies = dependencies;
        this.dependents = dependents;
        this.order = order;
        this.numbers = HashMap.newHashMap(tasks.size());
        for (int number = 0; number < tasks.size(); number++) {
            numbers.put(tasks.get(number).id(), number);
        }
    }

    public int size() {
        return tasks.size();
    }

    public List<TaskSpec> tasks() {
        return tasks;
    }

    public TaskSpec task(int number) {
        return tasks.get(number);
    }

    /// The number of a task, or -1.
    public int numberOf(String id) {
        return numbers.getOrDefault(id, -1);
    }

    /// The tasks it waits for.
    public int[] dependencies(int number) {
        return dependencies[number];
    }

    /// The tasks that wait for it.
    public int[] dependents(int number) {
        return dependents[number];
    }

    /// All tasks, each after those it depends on, and otherwise in the document's order.
    public int[] order() {
        return order;
    }

    /// Whether nothing depends on it, so that it decides the run's end.
    public boolean isLeaf(int number) {
        return dependents[number].length == 0;
    }
}
