package dev.leat.workflow;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the graph and its order. Pure, and O(tasks + edges).
@ApplicationScoped
public class WorkflowResolver {

    /// @throws IllegalArgumentException where the loader has found an unknown or cyclic dependency,
    /// and was not heard
    public Plan resolve(Workflow workflow) {
        return new Plan(
                workflow,
                graph(workflow.tasks()),
                graph(workflow.onFailure()),
                graph(workflow.last()));
    }

    private static TaskGraph graph(List<TaskSpec> tasks) {
        var edges = Edges.of(tasks.stream().map(TaskSpec::dependsOn).toList(), numbers(tasks));
        var sorted = edges.sorted();
        if (!sorted.cycles().isEmpty()) {
            var on = tasks.get(sorted.cycles().getFirst()[0]).id();
            throw new IllegalArgumentException(
                    "Task '%s' waits for itself, by way of others.".formatted(on));
        }
        return new TaskGraph(tasks, edges.dependencies(), edges.dependents(), sorted.order());
    }

    private static Map<String, Integer> numbers(List<TaskSpec> tasks) {
        var numbers = HashMap.<String, Integer>newHashMap(tasks.size());
        for (int number = 0; number < tasks.size(); number++) {
            numbers.put(tasks.get(number).id(), number);
        }
        for (var task : tasks) {
            for (var name : task.dependsOn()) {
                if (!numbers.containsKey(name) || name.equals(task.id())) {
                    throw new IllegalArgumentException(
                            "Task '%s' depends on '%s', which isn't another task."
                                    .formatted(task.id(), name));
                }
            }
        }
        return numbers;
    }
}
