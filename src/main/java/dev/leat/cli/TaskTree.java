package dev.leat.cli;

import dev.leat.cli.RunDocument.PlannedTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Draws a graph as a tree: each task under the one it waits for longest. What follows on a task
/// alone stays on its level, so that a chain is a column and only branches are indented.
final class TaskTree {

    private static final int WIDEST_INDENT = 30;

    private final boolean symbols;
    private final Map<String, Integer> depths = new HashMap<>();

    private TaskTree(boolean symbols) {
        this.symbols = symbols;
    }

    /// @param indent what is drawn before the task
    record Place(PlannedTask task, String indent) {}

    /// One section's tasks, in the order to show them.
    static List<Place> of(List<PlannedTask> tasks, boolean symbols) {
        return new TaskTree(symbols).draw(tasks);
    }

    private List<Place> draw(List<PlannedTask> tasks) {
        var children = new HashMap<String, List<PlannedTask>>();
        var roots = new ArrayList<PlannedTask>();
        for (var task : dependenciesFirst(tasks)) {
            var parent = deepest(task);
            depths.put(task.id(), parent == null ? 0 : depths.getOrDefault(parent, 0) + 1);
            if (parent == null) {
                roots.add(task);
            } else {
                children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(task);
            }
        }
        return places(roots, children);
    }

    private List<Place> places(List<PlannedTask> roots, Map<String, List<PlannedTask>> children) {
        var places = new ArrayList<Place>();
        var open = new ArrayDeque<Branch>();
        roots.reversed().forEach(root -> open.push(new Branch(root, "", "")));
        while (!open.isEmpty()) {
            var branch = open.pop();
            places.add(new Place(branch.task, branch.first));
            var next = children.getOrDefault(branch.task.id(), List.of());
            for (int at = next.size() - 1; at >= 0; at--) {
                open.push(branch.towards(next.get(at), next.size(), at));
            }
        }
        return places;
    }

    /// Kahn's order; what a cycle or an unknown task holds back comes last, as it stands.
    private static List<PlannedTask> dependenciesFirst(List<PlannedTask> tasks) {
        var byId = new HashMap<String, PlannedTask>();
        tasks.forEach(task -> byId.put(task.id(), task));
        var missing = new HashMap<String, Integer>();
        var followers = new HashMap<String, List<PlannedTask>>();
        var ready = new ArrayDeque<PlannedTask>();
        for (var task : tasks) {
            int known = 0;
            for (var dependency : task.dependsOn()) {
                if (byId.containsKey(dependency)) {
                    followers.computeIfAbsent(dependency, _ -> new ArrayList<>()).add(task);
                    known++;
                }
            }
            missing.put(task.id(), known);
            if (known == 0) {
                ready.add(task);
            }
        }
        var order = new ArrayList<PlannedTask>();
        while (!ready.isEmpty()) {
            var task = ready.remove();
            order.add(task);
            for (var follower : followers.getOrDefault(task.id(), List.of())) {
                if (missing.merge(follower.id(), -1, Integer::sum) == 0) {
                    ready.add(follower);
                }
            }
        }
        return order;
    }

    private @Nullable String deepest(PlannedTask task) {
        String deepest = null;
        for (var dependency : task.dependsOn()) {
            var depth = depths.get(dependency);
            if (depth != null && (deepest == null || depth >= depths.getOrDefault(deepest, 0))) {
                deepest = dependency;
            }
        }
        return deepest;
    }

    private final class Branch {
        private final PlannedTask task;
        private final String first;
        private final String rest;

        private Branch(PlannedTask task, String first, String rest) {
            this.task = task;
            this.first = first;
            this.rest = rest;
        }

        private Branch towards(PlannedTask next, int siblings, int at) {
            if (siblings == 1 || rest.length() >= WIDEST_INDENT) {
                return new Branch(next, rest, rest);
            }
            var last = at == siblings - 1;
            return new Branch(
                    next,
                    rest + (symbols ? (last ? "└─ " : "├─ ") : (last ? "`- " : "|- ")),
                    rest + (last ? "   " : symbols ? "│  " : "|  "));
        }
    }
}
