package dev.leat.workflow;

import java.util.List;

/// Finds tasks whose rule can't be met, however the tasks they depend on end.
final class Reach {

    /// How a task may end, as those that depend on it count it.
    private static final int SUCCESS = 1;

    private static final int FAILURE = 2;
    private static final int SKIP = 4;

    private final TaskList list;
    private final List<TaskSpec> tasks;
    private final Report report;
    private final int[] ends;
    private final boolean[] stuck;

    Reach(TaskList list, List<TaskSpec> tasks, Report report) {
        this.list = list;
        this.tasks = tasks;
        this.report = report;
        this.ends = new int[tasks.size()];
        this.stuck = new boolean[tasks.size()];
    }

    void check() {
        var sorted = list.edges().sorted();
        if (!sorted.cycles().isEmpty()) {
            return;
        }
        for (int number : sorted.order()) {
            visit(number, tasks.get(number));
        }
    }

    private void visit(int number, TaskSpec task) {
        var before = list.edges().dependencies()[number];
        var starts = before.length == 0 || mayStart(task.triggerRule(), before);
        stuck[number] = !starts && !task.disabled();
        ends[number] = ends(task, starts, before);
        if (stuck[number]) {
            tell(number, task, before);
        }
    }

    private boolean mayStart(TriggerRule rule, int[] before) {
        return switch (rule) {
            case ALWAYS, ALL_DONE -> true;
            case ALL_SUCCESS -> all(before, SUCCESS);
            case ALL_FAILED -> all(before, FAILURE);
            case ONE_SUCCESS -> any(before, SUCCESS);
            case ONE_FAILED -> any(before, FAILURE);
            case NONE_FAILED -> all(before, SUCCESS | SKIP);
            case NONE_FAILED_MIN_ONE_SUCCESS -> all(before, SUCCESS | SKIP) && any(before, SUCCESS);
        };
    }

    private boolean all(int[] before, int kinds) {
        for (int dependency : before) {
            if ((ends[dependency] & kinds) == 0) {
                return false;
            }
        }
        return true;
    }

    private boolean any(int[] before, int kinds) {
        for (int dependency : before) {
            if ((ends[dependency] & kinds) != 0) {
                return true;
            }
        }
        return false;
    }

    /// More than can be is harmless here, less isn't.
    private int ends(TaskSpec task, boolean starts, int[] before) {
        if (task.disabled()) {
            return SUCCESS;
        }
        var always = Conditions.always(task.when());
        var can = 0;
        if (starts && !Boolean.FALSE.equals(always)) {
            can |= SUCCESS | FAILURE;
        }
        if (starts && task.when() != null && !Boolean.TRUE.equals(always)) {
            can |= SKIP;
        }
        if (before.length > 0) {
            can |= SKIP | (any(before, FAILURE) ? FAILURE : 0);
        }
        return task.allowFailure() && (can & FAILURE) != 0 ? can & ~FAILURE | SUCCESS : can;
    }

    /// Only where the trouble begins: what waits for a task that never runs, need not be told too.
    private void tell(int number, TaskSpec task, int[] before) {
        for (int dependency : before) {
            if (stuck[dependency]) {
                return;
            }
        }
        var place = list.places().get(number);
        var at = place.member("triggerRule");
        at = at == null ? place.member("dependsOn") : at;
        report.warning(
                at == null ? place : at,
                ProblemCode.UNREACHABLE_TASK,
                "Task '%s' never runs: %s.".formatted(task.id(), why(task.triggerRule(), before)),
                "change its 'triggerRule', or what it depends on");
    }

    private String why(TriggerRule rule, int[] before) {
        return switch (rule) {
            case ALL_SUCCESS -> "'%s' never succeeds".formatted(first(before, SUCCESS));
            case ALL_FAILED -> "'%s' never counts as failed".formatted(first(before, FAILURE));
            case NONE_FAILED -> "'%s' always fails".formatted(first(before, SUCCESS | SKIP));
            case ONE_FAILED -> "none of those it depends on ever counts as failed";
            case ONE_SUCCESS, NONE_FAILED_MIN_ONE_SUCCESS ->
                    "none of those it depends on ever succeeds";
            case ALWAYS, ALL_DONE -> throw new IllegalStateException(rule + " is always met");
        };
    }

    private String first(int[] before, int kinds) {
        for (int dependency : before) {
            if ((ends[dependency] & kinds) == 0) {
                return tasks.get(dependency).id();
            }
        }
        throw new IllegalStateException("its rule can be met");
    }
}
