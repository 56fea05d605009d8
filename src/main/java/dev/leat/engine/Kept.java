package dev.leat.engine;

import dev.leat.task.Refusal;
import dev.leat.workflow.TaskGraph;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Which tasks a new run takes over from the one it is made from.
final class Kept {

    static final String FAILED = "failed";
    static final String START = "start";

    private Kept() {}

    /// All tasks but those that are done again: those that never succeeded, those asked for, and
    /// whatever comes after one of these or after one that is marked.
    ///
    /// @param from `failed`, `start`, or a task
    /// @param succeeded whether a task has ended well, or was skipped, in the other run
    /// @param marked tasks that are to have ended as somebody says
    /// @throws Refusal.Invalid where there is no such task
    static Set<String> of(
            TaskGraph graph, String from, Predicate<String> succeeded, Set<String> marked) {
        var chosen = chosen(graph, from);
        var again = new HashSet<Integer>();
        var next = new ArrayDeque<Integer>();
        for (int number = 0; number < graph.size(); number++) {
            var id = graph.task(number).id();
            if (marked.contains(id)) {
                next.add(number);
            } else if (from.equals(START) || number == chosen || !succeeded.test(id)) {
                again.add(number);
                next.add(number);
            }
        }
        while (!next.isEmpty()) {
            for (int dependent : graph.dependents(next.remove())) {
                if (!marked.contains(graph.task(dependent).id()) && again.add(dependent)) {
                    next.add(dependent);
                }
            }
        }
        var kept = new HashSet<String>();
        for (int number = 0; number < graph.size(); number++) {
            var id = graph.task(number).id();
            if (!again.contains(number) && !marked.contains(id)) {
                kept.add(id);
            }
        }
        return kept;
    }

    /// The number of the task to begin with; -1 for none.
    private static int chosen(TaskGraph graph, String from) {
        if (from.equals(FAILED) || from.equals(START)) {
            return -1;
        }
        var number = graph.numberOf(from);
        if (number < 0) {
            throw new Refusal.Invalid(
                    "'%s' is none of the workflow's tasks: give 'failed', 'start', or one of those under 'tasks'."
                            .formatted(from),
                    List.of());
        }
        return number;
    }
}
