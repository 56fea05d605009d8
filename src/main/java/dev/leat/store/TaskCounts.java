package dev.leat.store;

import dev.leat.store.Reads.Link;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts the tasks of runs by state.
final class TaskCounts {

    private TaskCounts() {}

    /// By run; one that doesn't exist is left out.
    static Map<Long, Map<TaskState, Integer>> of(Link link, List<Long> runs) throws SQLException {
        var which = " in (" + "?, ".repeat(runs.size() - 1) + "?)";
        var counts = new LinkedHashMap<Long, Map<TaskState, Integer>>();
        link.list(
                "select id, task_count from run where id" + which,
                row -> counts.put(row.number(), pending(row.integer())),
                runs.toArray());
        link.list(
                "select run, state, count(*) from task_run where run"
                        + which
                        // Items of a task are none of the run's tasks.
                        + " and task not like '%.%' group by run, state",
                row -> count(counts, row),
                runs.toArray());
        return counts;
    }

    private static Map<TaskState, Integer> pending(int tasks) {
        var counts = new EnumMap<TaskState, Integer>(TaskState.class);
        if (tasks > 0) {
            counts.put(TaskState.PENDING, tasks);
        }
        return counts;
    }

    private static long count(Map<Long, Map<TaskState, Integer>> counts, Columns row)
            throws SQLException {
        var run = row.number();
        var ofRun = counts.get(run);
        if (ofRun != null) {
            count(ofRun, TaskState.valueOf(row.text()), row.integer());
        }
        return run;
    }

    /// A task with a row was counted as pending before.
    private static void count(Map<TaskState, Integer> counts, TaskState state, int tasks) {
        counts.merge(TaskState.PENDING, -tasks, Integer::sum);
        counts.merge(state, tasks, Integer::sum);
        counts.values().removeIf(number -> number <= 0);
    }
}
