package dev.leat.workflow;

import dev.leat.workflow.expression.Nearest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds what is wrong with the ids and dependencies of a workflow's tasks.
final class GraphCheck {

    /// Names compared in the search for what was meant, over a whole document.
    private static final int MOST_GUESSES = 200_000;

    private static final int SHOWN_OF_CYCLE = 12;

    private final List<TaskList> lists;
    private final Report report;
    private int guesses;

    GraphCheck(List<TaskList> lists, Report report) {
        this.lists = lists;
        this.report = report;
    }

    void check() {
        findDuplicates();
        for (var list : lists) {
            for (int task = 0; task < list.size(); task++) {
                checkDependencies(list, task);
            }
            for (var cycle : list.edges().sorted().cycles()) {
                tell(list, cycle);
            }
        }
    }

    private void findDuplicates() {
        var first = new HashMap<String, Place>();
        for (var list : lists) {
            for (int task = 0; task < list.size(); task++) {
                var id = list.places().get(task).member("id");
                var earlier = id == null ? null : first.putIfAbsent(list.ids().get(task), id);
                if (id != null && earlier != null) {
                    report.error(
                            id,
                            ProblemCode.DUPLICATE_ID,
                            "There are two tasks '%s'; the first is on line %d."
                                    .formatted(list.ids().get(task), report.line(earlier.offset())),
                            "ids are unique over tasks, onFailure and finally");
                }
            }
        }
    }

    private void checkDependencies(TaskList list, int task) {
        var seen = new HashSet<String>();
        for (var name : list.dependsOn().get(task)) {
            if (!seen.add(name)) {
                report.warning(
                        list.dependency(task, name),
                        ProblemCode.DUPLICATE_DEPENDENCY,
                        "Task '%s' depends on %s twice."
                                .formatted(list.ids().get(task), Words.quoted(name)),
                        null);
            } else if (name.equals(list.ids().get(task))) {
                report.error(
                        list.dependency(task, name),
                        ProblemCode.SELF_DEPENDENCY,
                        "Task '%s' depends on itself.".formatted(name));
            } else if (!list.numbers().containsKey(name)) {
                report.error(
                        list.dependency(task, name),
                        ProblemCode.UNKNOWN_DEPENDENCY,
                        "Task '%s' depends on %s, which isn't among the '%s'."
                                .formatted(list.ids().get(task), Words.quoted(name), list.key()),
                        hint(list, name));
            }
        }
    }

    private @Nullable String hint(TaskList list, String name) {
        for (var other : lists) {
            if (other != list && other.numbers().containsKey(name)) {
                return other.key().equals("tasks")
                        ? "all 'tasks' have ended before '%s' begins, so it needs no dependency on them"
                                .formatted(list.key())
                        : "'%s' is one of the '%s'; tasks depend only on those of their own list"
                                .formatted(name, other.key());
            }
        }
        if (guesses > MOST_GUESSES) {
            return null;
        }
        guesses += list.size();
        return Nearest.hint(name, list.numbers().keySet());
    }

    private void tell(TaskList list, int[] cycle) {
        var names = Arrays.stream(cycle).mapToObj(list.ids()::get).toList();
        var place = list.dependency(cycle[0], list.ids().get(cycle[1 % cycle.length]));
        report.error(
                place,
                ProblemCode.CYCLE,
                "These tasks wait for each other: %s.".formatted(path(names)),
                "one of them must not depend on the next");
    }

    private static String path(List<String> names) {
        var shown =
                names.size() <= SHOWN_OF_CYCLE
                        ? names.stream().collect(Collectors.joining(" -> "))
                        : String.join(" -> ", names.subList(0, SHOWN_OF_CYCLE - 1))
                                + " -> … %,d more".formatted(names.size() - SHOWN_OF_CYCLE + 1);
        return shown + " -> " + names.getFirst();
    }
}
