package dev.leat.engine;

import dev.leat.store.TaskRun;
import dev.leat.store.TaskState;
import dev.leat.workflow.TaskGraph;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The tasks of one of a run's graphs, with what is needed to carry them on in O(edges) over the
/// whole run: counters of ended dependencies, a queue of ready tasks, and a queue of ends whose
/// consequences are still to come.
final class Phase {

    private static final Comparator<TaskCell> BY_PRIORITY =
            Comparator.comparingInt((TaskCell task) -> -task.spec.priority())
                    .thenComparingInt(task -> task.number);

    private final TaskGraph graph;
    private final TaskCell[] cells;
    private final Queue<TaskCell> ready;
    private final ArrayDeque<TaskCell> ended = new ArrayDeque<>();
    private int open;

    Phase(TaskGraph graph) {
        this.graph = graph;
        this.cells = new TaskCell[graph.size()];
        for (int number = 0; number < cells.length; number++) {
            cells[number] = new TaskCell(graph.task(number), number);
        }
        this.open = cells.length;
        var prioritised = Arrays.stream(cells).anyMatch(task -> task.spec.priority() != 0);
        this.ready = prioritised ? new PriorityQueue<>(BY_PRIORITY) : new ArrayDeque<>();
    }

    List<TaskCell> cells() {
        return Arrays.asList(cells);
    }

    /// All tasks, and the items of those that have some.
    List<TaskCell> live() {
        if (Arrays.stream(cells).allMatch(task -> task.items == null)) {
            return cells();
        }
        var live = new ArrayList<TaskCell>(cells.length);
        for (var task : cells) {
            live.add(task);
            var items = task.items;
            if (items != null && !task.state.terminal()) {
                live.addAll(items.cells());
            }
        }
        return live;
    }

    @Nullable TaskCell find(String id) {
        var number = graph.numberOf(id);
        return number >= 0 ? cells[number] : item(id);
    }

    private @Nullable TaskCell item(String id) {
        var dot = id.indexOf('.');
        var number = dot < 0 ? -1 : graph.numberOf(id.substring(0, dot));
        var items = number < 0 ? null : cells[number].items;
        return items == null ? null : items.find(id, dot + 1);
    }

    int dependencyCount(TaskCell task) {
        return graph.dependencies(task.number).length;
    }

    void ready(TaskCell task) {
        task.state = TaskState.READY;
        ready.add(task);
    }

    @Nullable TaskCell nextReady() {
        return ready.poll();
    }

    int readyCount() {
        return ready.size();
    }

    int readyPriority() {
        var first = ready.peek();
        return first == null ? 0 : first.spec.priority();
    }

    /// No item of the task is to start.
    void removeReady(TaskCell group) {
        ready.removeIf(task -> task.group == group);
    }

    void clearReady() {
        ready.clear();
    }

    /// The task doesn't wait for a slot any more.
    void unready(TaskCell task) {
        ready.remove(task);
    }

    /// Takes a task's end back, with what followed from it and never began.
    ///
    /// @return those that followed; all are pending again
    List<TaskCell> reopen(TaskCell task) {
        var reopened = new ArrayList<TaskCell>();
        var next = new ArrayDeque<TaskCell>();
        next.add(task);
        while (!next.isEmpty()) {
            var at = next.remove();
            at.state = TaskState.PENDING;
            at.error = null;
            open++;
            for (int number : graph.dependents(at.number)) {
                if (cells[number].state == TaskState.UPSTREAM_FAILED
                        && !next.contains(cells[number])) {
                    next.add(cells[number]);
                    reopened.add(cells[number]);
                }
            }
        }
        countAgain();
        return reopened;
    }

    private void countAgain() {
        for (var task : cells) {
            task.succeeded = 0;
            task.failed = 0;
            task.skipped = 0;
            task.failedBy = null;
            task.skippedBecause = null;
        }
        for (var task : cells) {
            if (task.state.terminal()) {
                for (int number : graph.dependents(task.number)) {
                    count(task, cells[number]);
                }
            }
        }
    }

    void ended(TaskCell task) {
        open--;
        ended.add(task);
    }

    @Nullable TaskCell nextEnded() {
        return ended.poll();
    }

    /// Counts an end with the tasks that depend on it, and answers those.
    List<TaskCell> tell(TaskCell task) {
        var dependents = graph.dependents(task.number);
        var told = new ArrayList<TaskCell>(dependents.length);
        for (int number : dependents) {
            count(task, cells[number]);
            told.add(cells[number]);
        }
        return told;
    }

    /// Whether all tasks have ended.
    boolean isDone() {
        return open == 0;
    }

    boolean isStarted() {
        return Arrays.stream(cells).anyMatch(task -> task.state != TaskState.PENDING);
    }

    /// The task that decided that this phase failed, or null where it didn't: of the first failed
    /// leaf, the failure upstream.
    @Nullable TaskCell culprit() {
        for (var task : cells) {
            if (graph.isLeaf(task.number) && task.verdict() == TaskCell.Verdict.FAILED) {
                return origin(task);
            }
        }
        return null;
    }

    private TaskCell origin(TaskCell task) {
        var at = task;
        while (at.state == TaskState.UPSTREAM_FAILED && at.failedBy != null) {
            var cause = find(at.failedBy);
            if (cause == null) {
                break;
            }
            at = cause;
        }
        return at;
    }

    /// Puts the tasks back to where they were stored.
    void restore(Map<String, StoredRun.StoredTask> stored) {
        for (var task : cells) {
            var was = stored.get(task.id());
            if (was != null) {
                restore(task, was.row());
                task.error = was.error();
                task.output = was.output();
                restoreItems(task, stored);
            }
        }
        for (var task : cells) {
            if (task.state.terminal()) {
                open--;
                for (int number : graph.dependents(task.number)) {
                    count(task, cells[number]);
                }
            }
        }
    }

    private static void restoreItems(TaskCell task, Map<String, StoredRun.StoredTask> stored) {
        if (task.spec.forEach() == null || task.state != TaskState.RUNNING) {
            return;
        }
        var items = ItemMoves.restored(task, task.output);
        task.items = items;
        for (var item : items.cells()) {
            var was = stored.get(item.id());
            if (was != null) {
                restore(item, was.row());
                item.error = was.error();
                item.output = was.output();
            }
        }
    }

    private static void restore(TaskCell task, TaskRun row) {
        task.state = row.state;
        task.attempt = row.attempt;
        task.lost = row.lost;
        task.startedAt = instant(row.startedAt);
        task.dueAt = instant(row.dueAt);
        if (row.detail != null) {
            TaskDetail.restore(task, row.detail);
        }
    }

    private static @Nullable Instant instant(@Nullable Long micros) {
        return micros == null ? null : StoredRun.instant(micros);
    }

    private static void count(TaskCell ended, TaskCell dependent) {
        switch (ended.verdictFor(dependent.id())) {
            case SUCCEEDED -> dependent.succeeded++;
            case FAILED -> {
                dependent.failed++;
                dependent.failedBy = dependent.failedBy == null ? ended.id() : dependent.failedBy;
            }
            case SKIPPED -> {
                dependent.skipped++;
                dependent.skipped(ended);
            }
        }
    }
}
