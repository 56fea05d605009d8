package dev.leat.cli;

import dev.leat.cli.RunDocument.PlannedTask;
import dev.leat.store.RunEvent;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import dev.leat.store.Transition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where each task is, as far as the events have told.
final class RunBoard {

    private static final List<String> SECTIONS = List.of("tasks", "onFailure", "finally");

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private RunState state = RunState.QUEUED;
    private boolean cancelling;

    RunBoard(List<PlannedTask> tasks, boolean symbols) {
        for (var section : SECTIONS) {
            var within = tasks.stream().filter(task -> task.section().equals(section)).toList();
            for (var place : TaskTree.of(within, symbols)) {
                rows.put(place.task().id(), new Row(place.task(), place.indent()));
            }
        }
    }

    void apply(RunEvent event) {
        switch (event) {
            case RunEvent.Changed(var step, _) -> apply(step);
            case RunEvent.Wrote(var line, _) -> {
                var row = rows.get(line.task().replaceFirst("[.].*", ""));
                if (row != null) {
                    row.lastLine = line.text();
                }
            }
            case RunEvent.Ended(var end, _) -> state = end;
        }
    }

    private void apply(Transition step) {
        if (step.task == null) {
            if (step.state.equals("CANCEL_REQUESTED")) {
                cancelling = true;
            } else {
                state = RunState.valueOf(step.state);
            }
            return;
        }
        var dot = step.task.indexOf('.');
        var group = dot < 0 ? null : rows.get(step.task.substring(0, dot));
        if (group != null) {
            group.item(step);
        } else {
            rows.computeIfAbsent(step.task, RunBoard::unplanned).apply(step);
        }
    }

    private static Row unplanned(String task) {
        var planned = new PlannedTask(task, "", "tasks", List.of(), TaskState.PENDING, 0, 1, null);
        return new Row(planned, "");
    }

    List<Row> rows() {
        return new ArrayList<>(rows.values());
    }

    RunState state() {
        return state;
    }

    boolean cancelling() {
        return cancelling && !state.terminal();
    }

    Map<TaskState, Integer> counts() {
        var counts = new EnumMap<TaskState, Integer>(TaskState.class);
        rows.values().forEach(row -> counts.merge(row.state, 1, Integer::sum));
        return counts;
    }

    /// One task now.
    static final class Row {
        final PlannedTask task;
        final String indent;
        TaskState state = TaskState.PENDING;
        int attempt;
        long startedAt;
        long finishedAt;
        @Nullable String reason;
        @Nullable String lastLine;
        private int itemsEnded;
        private int itemsFailed;

        Row(PlannedTask task, String indent) {
            this.task = task;
            this.indent = indent;
        }

        private void apply(Transition step) {
            state = TaskState.valueOf(step.state);
            attempt = Math.max(attempt, step.attempt);
            reason = step.reason;
            if (state == TaskState.RUNNING && startedAt == 0) {
                startedAt = step.at;
            }
            if (state.terminal()) {
                finishedAt = step.at;
            }
        }

        /// An item of the task is in another state; the task has one line for all of them.
        private void item(Transition step) {
            if (TaskState.valueOf(step.state).terminal()) {
                itemsEnded++;
                itemsFailed += TaskState.valueOf(step.state).failure() ? 1 : 0;
            }
            reason =
                    "%d items done%s"
                            .formatted(
                                    itemsEnded,
                                    itemsFailed == 0 ? "" : ", " + itemsFailed + " failed");
        }

        /// Handlers that have nothing to do aren't worth a line.
        boolean worthShowing() {
            return task.section().equals("tasks") || state != TaskState.PENDING;
        }
    }
}
