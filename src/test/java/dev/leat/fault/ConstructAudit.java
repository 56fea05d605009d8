package dev.leat.fault;

import dev.leat.fault.Stored.RunRow;
import dev.leat.fault.Stored.TaskRow;
import dev.leat.store.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of an audit that looks at what one run's tasks are made of: items, repetitions, and
/// the runs that they start.
final class ConstructAudit {

    private final RunRow run;
    private final Outline outline;
    private final List<RunRow> children;
    private final List<Violation> violations = new ArrayList<>();

    /// @param children the runs that its tasks started
    ConstructAudit(RunRow run, Outline outline, List<RunRow> children) {
        this.run = run;
        this.outline = outline;
        this.children = children;
    }

    List<Violation> violations() {
        for (var task : outline.withItems(run.tasks().keySet())) {
            if (run.tasks().get(task.id()) instanceof TaskRow row) {
                var succeeded = row.state().equals("SUCCESS");
                if (task.each() && succeeded) {
                    items(row);
                } else if (task.times() > 1 && succeeded) {
                    repetitions(task, row);
                } else if (task.startsRun()) {
                    child(task, succeeded);
                }
            }
        }
        return violations;
    }

    /// A12: the output is that of all items, in order.
    private void items(TaskRow group) {
        var outputs = value(group) instanceof List<?> list ? list : List.of();
        for (int index = 0; index < outputs.size(); index++) {
            var item = run.tasks().get(group.task() + "." + index);
            if (item == null
                    || !item.state().equals("SUCCESS")
                    || !outputs.get(index).equals(value(item))) {
                violation(
                        "A12",
                        "item %d of %s is %s, and the task's output has %s"
                                .formatted(index, group.task(), item, outputs.get(index)));
            }
        }
        var begun =
                run.tasks().keySet().stream()
                        .filter(task -> task.startsWith(group.task() + "."))
                        .count();
        if (outputs.isEmpty() || begun != outputs.size()) {
            violation(
                    "A12",
                    "%s has %d items, and its output is %s"
                            .formatted(group.task(), begun, group.output()));
        }
    }

    /// A12: what has succeeded isn't repeated: beside lost ones there are as many attempts as
    /// repetitions.
    private void repetitions(Outline.Task task, TaskRow row) {
        if (row.attempt() - row.lost() != task.times()) {
            violation(
                    "A12",
                    "%s is to run %d times, and had %d attempts, of them %d lost"
                            .formatted(task.id(), task.times(), row.attempt(), row.lost()));
        }
    }

    /// A11: a task has one child, and has succeeded only with it.
    private void child(Outline.Task task, boolean succeeded) {
        var started =
                children.stream()
                        .filter(child -> child.parent().equals(run.id() + " " + task.id()))
                        .toList();
        var states = started.stream().map(RunRow::state).toList();
        if (started.size() > 1 || succeeded && !states.equals(List.of("SUCCESS"))) {
            violation(
                    "A11",
                    "%s %s, and its children are %s"
                            .formatted(
                                    task.id(),
                                    succeeded ? "succeeded" : "did not succeed",
                                    started.stream()
                                            .map(child -> child.id() + " " + child.state())
                                            .toList()));
        }
    }

    private static @Nullable Object value(TaskRow row) {
        return row.output() == null ? null : Json.read(row.output());
    }

    private void violation(String rule, String facts) {
        violations.add(new Violation(rule, run.id(), facts));
    }
}
