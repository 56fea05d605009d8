package dev.leat.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Which task waits for which, by number.
///
/// @param dependencies the tasks that each one waits for
/// @param dependents the tasks that wait for each one
record Edges(int[][] dependencies, int[][] dependents) {

    /// @param dependsOn the ids that each task names; unknown ones are left out, and so is the task
    /// itself
    static Edges of(List<List<String>> dependsOn, Map<String, Integer> numbers) {
        var dependencies = new int[dependsOn.size()][];
        var waiting = new int[dependsOn.size()];
        for (int task = 0; task < dependencies.length; task++) {
            dependencies[task] = numbered(task, dependsOn.get(task), numbers);
            for (int dependency : dependencies[task]) {
                waiting[dependency]++;
            }
        }
        return new Edges(dependencies, reversed(dependencies, waiting));
    }

    private static int[] numbered(int task, List<String> names, Map<String, Integer> numbers) {
        return names.stream()
                .mapToInt(name -> numbers.getOrDefault(name, -1))
                .filter(number -> number >= 0 && number != task)
                .distinct()
                .toArray();
    }

    private static int[][] reversed(int[][] dependencies, int[] waiting) {
        var dependents = new int[dependencies.length][];
        Arrays.setAll(dependents, task -> new int[waiting[task]]);
        var filled = new int[dependencies.length];
        for (int task = 0; task < dependencies.length; task++) {
            for (int dependency : dependencies[task]) {
                dependents[dependency][filled[dependency]++] = task;
            }
        }
        return dependents;
    }

    /// The order, and the cycles that stand in its way.
    ///
    /// @param order every task after those it depends on, and otherwise in the document's order; as
    /// near to that as can be
    ///     where there are cycles
    /// @param cycles the first few, each as the tasks on it, beginning with the one that stands
    /// first in the document, and
    ///     each waiting for the next
    record Sorted(int[] order, List<int[]> cycles) {}

    private static final int MOST_CYCLES = 20;

    /// A depth-first walk along the dependencies, with a stack of its own so that long chains don't
    /// exhaust the thread's.
    Sorted sorted() {
        return new Walk().all();
    }

    private final class Walk {
        private static final byte OPEN = 1;
        private static final byte DONE = 2;

        private final byte[] marks = new byte[dependencies.length];
        private final int[] stack = new int[dependencies.length];
        private final int[] next = new int[dependencies.length];
        private final int[] order = new int[dependencies.length];
        private final List<int[]> cycles = new ArrayList<>();
        private int depth;
        private int placed;

        Sorted all() {
            for (int task = 0; task < marks.length; task++) {
                if (marks[task] == 0) {
                    from(task);
                }
            }
            return new Sorted(order, cycles);
        }

        private void from(int start) {
            push(start);
            while (depth > 0) {
                var task = stack[depth - 1];
                if (next[task] == dependencies[task].length) {
                    marks[task] = DONE;
                    order[placed++] = task;
                    depth--;
                    continue;
                }
                var dependency = dependencies[task][next[task]++];
                if (marks[dependency] == 0) {
                    push(dependency);
                } else if (marks[dependency] == OPEN && cycles.size() < MOST_CYCLES) {
                    cycles.add(cycleFrom(dependency));
                }
            }
        }

        private void push(int task) {
            marks[task] = OPEN;
            stack[depth++] = task;
        }

        private int[] cycleFrom(int first) {
            var begin = depth - 1;
            while (stack[begin] != first) {
                begin--;
            }
            var cycle = Arrays.copyOfRange(stack, begin, depth);
            var smallest = 0;
            for (int at = 1; at < cycle.length; at++) {
                smallest = cycle[at] < cycle[smallest] ? at : smallest;
            }
            var turned = new int[cycle.length];
            for (int at = 0; at < cycle.length; at++) {
                turned[at] = cycle[(at + smallest) % cycle.length];
            }
            return turned;
        }
    }
}
