package dev.leat.engine.report;

import dev.leat.store.TaskRun;
import dev.leat.store.TaskState;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The items of `forEach` tasks among the rows of a run: their ids are their task's with the
/// position behind a dot.
final class Items {

    private Items() {}

    static boolean isItem(String task) {
        return task.indexOf('.') >= 0;
    }

    /// The task that an item belongs to.
    static String group(String item) {
        return item.substring(0, item.indexOf('.'));
    }

    static int index(String item) {
        return Integer.parseInt(item.substring(item.indexOf('.') + 1));
    }

    /// How many items of each task are in which state.
    static Map<String, Map<TaskState, Integer>> counts(Collection<TaskRun> rows) {
        var counts = new HashMap<String, Map<TaskState, Integer>>();
        for (var row : rows) {
            if (isItem(row.task)) {
                counts.computeIfAbsent(group(row.task), _ -> new EnumMap<>(TaskState.class))
                        .merge(row.state, 1, Integer::sum);
            }
        }
        return counts;
    }

    /// Those of one task, in order.
    static List<TaskRun> of(String task, Collection<TaskRun> rows) {
        return rows.stream()
                .filter(row -> isItem(row.task) && group(row.task).equals(task))
                .sorted(Comparator.comparingInt(row -> index(row.task)))
                .toList();
    }
}
