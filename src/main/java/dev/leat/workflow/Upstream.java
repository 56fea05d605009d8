package dev.leat.workflow;

import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which tasks a task comes after, found only where an expression asks.
///
/// Each question is a search that goes from the near tasks to the far ones and ends at the answer.
/// All questions about one
/// document share a budget: past it, every task counts as upstream, and a wrong one fails when it
/// is evaluated.
final class Upstream {

    private static final long BUDGET = 20_000_000;
    private static final int MOST_LISTED = 1_000;

    private final List<String> ids;
    private final Map<String, Integer> numbers;
    private final Edges edges;
    private final int[] visited;
    private final int[] queue;
    private int search;
    private long steps;

    Upstream(List<String> ids, Map<String, Integer> numbers, Edges edges) {
        this.ids = ids;
        this.numbers = numbers;
        this.edges = edges;
        this.visited = new int[ids.size()];
        this.queue = new int[ids.size()];
    }

    /// Steps taken so far, by all searches.
    long steps() {
        return steps;
    }

    /// A view that is searched when it is asked.
    ///
    /// @param always tasks that have ended before any of these began
    Set<String> of(int task, Set<String> always) {
        return new AbstractSet<>() {
            @Override
            public boolean contains(@Nullable Object name) {
                if (always.contains(name)) {
                    return true;
                }
                var wanted = name instanceof String text ? numbers.getOrDefault(text, -1) : -1;
                return wanted >= 0 && (search(task, wanted) || steps > BUDGET);
            }

            @Override
            public Iterator<String> iterator() {
                return listed(task, always).iterator();
            }

            @Override
            public int size() {
                return listed(task, always).size();
            }
        };
    }

    private List<String> listed(int task, Set<String> always) {
        var count = 0;
        search(task, -1);
        var names = new ArrayList<String>();
        while (count < found && names.size() < MOST_LISTED) {
            names.add(ids.get(queue[count++]));
        }
        always.stream().limit(MOST_LISTED).forEach(names::add);
        return names;
    }

    private int found;

    private boolean search(int task, int wanted) {
        search++;
        found = 0;
        if (reach(task, wanted)) {
            return true;
        }
        for (int at = 0; at < found && steps <= BUDGET; at++) {
            if (reach(queue[at], wanted)) {
                return true;
            }
        }
        return false;
    }

    /// Takes the dependencies of one task into the queue, and says whether the wanted one is among
    /// them.
    private boolean reach(int task, int wanted) {
        for (int dependency : edges.dependencies()[task]) {
            steps++;
            if (dependency == wanted) {
                return true;
            }
            if (visited[dependency] != search) {
                visited[dependency] = search;
                queue[found++] = dependency;
            }
        }
        return false;
    }
}
