package dev.leat.engine;

import dev.leat.store.TaskState;
import dev.leat.task.TaskError;
import dev.leat.workflow.TaskSpec.ForEach;
import dev.leat.workflow.expression.ExpressionException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Carries a `forEach` task through: its items begin, in order and so many at once as it allows;
/// when the last has ended, so has the task, with the list of what they gave back.
final class ItemMoves {

    /// More would be too many rows for one run.
    static final int MOST = 100_000;

    private final TaskMoves tasks;
    private final RunContext context;
    private final RunLedger ledger;

    ItemMoves(TaskMoves tasks, RunContext context, RunLedger ledger) {
        this.tasks = tasks;
        this.context = context;
        this.ledger = ledger;
    }

    /// The task's time has come: from now on it has items. They are kept as its output until they
    /// have one, so that a restart goes through the same ones.
    void open(TaskCell task, ForEach each, Instant now) {
        List<?> values;
        try {
            values = Items.values(each.items().evaluate(context));
        } catch (ExpressionException broken) {
            fail(task, broken.code(), "forEach.items: " + broken.getMessage(), now);
            return;
        }
        if (values == null || values.size() > MOST) {
            var found = values == null ? "are neither a list nor an object" : "are too many";
            fail(
                    task,
                    "items",
                    "the items " + found + "; at most %d can be gone through".formatted(MOST),
                    now);
            return;
        }
        var items = new Items(task, values);
        task.items = items;
        task.output = values;
        task.state = TaskState.RUNNING;
        task.startedAt = now;
        ledger.task(task, count(items.count()), now);
        next(task, items, now);
    }

    private static String count(int items) {
        return items == 1 ? "1 item" : items + " items";
    }

    /// Takes the items up again from what is stored of them.
    static Items restored(TaskCell task, @Nullable Object values) {
        return new Items(task, values instanceof List<?> list ? list : List.of());
    }

    /// Goes on with them.
    void resume(TaskCell task, Items items, Instant now) {
        for (var item : items.cells()) {
            if (item.state.terminal()) {
                items.count(item);
            } else if (item.state != TaskState.PENDING) {
                items.resumed();
            }
        }
        items.closed = items.failures > 0 && failsFast(task);
        for (var item : items.cells()) {
            if (!item.state.terminal() && item.state != TaskState.PENDING) {
                tasks.resume(item, now);
            }
        }
        if (items.closed) {
            stopOthers(task, items, now);
        }
        next(task, items, now);
    }

    void ended(TaskCell item, TaskCell group, Instant now) {
        var items = group.items;
        if (items == null) {
            return;
        }
        items.ended(item);
        if (item.state.failure() && failsFast(group) && !items.closed) {
            items.closed = true;
            stopOthers(group, items, now);
        }
        next(group, items, now);
    }

    private static boolean failsFast(TaskCell group) {
        var each = group.spec.forEach();
        return each != null && each.failFast();
    }

    private void stopOthers(TaskCell group, Items items, Instant now) {
        var failed = items.failed;
        var why =
                "item "
                        + (failed == null ? "?" : failed.index)
                        + " failed, and failFast stops the others";
        if (tasks.phase != null) {
            tasks.phase.removeReady(group);
        }
        items.cells().forEach(item -> tasks.stop(item, why, now));
    }

    /// Starts what may start; without any left to wait for, the task has ended.
    void next(TaskCell group, Items items, Instant now) {
        if (tasks.stopping == null && !tasks.paused && tasks.phase != null) {
            for (var item = items.begin(); item != null; item = items.begin()) {
                tasks.makeReady(item, tasks.phase, now);
            }
        }
        var over = items.closed || items.begunAll() || tasks.stopping != null;
        if (items.quiet() && over && !group.state.terminal()) {
            conclude(group, items, now);
        }
    }

    private void conclude(TaskCell group, Items items, Instant now) {
        group.output = items.outputs();
        var failed = items.failed;
        if (tasks.stopping != null) {
            tasks.finish(group, TaskState.CANCELLED, tasks.stopping, now);
        } else if (failed != null) {
            group.error = error(items, failed);
            tasks.finish(group, TaskState.FAILED, null, now);
        } else if (!context.fits(group.output)) {
            fail(
                    group,
                    "output-too-large",
                    "the outputs of the items are too large together; let each write a file and give back its path (leat.engine.max-output-bytes)",
                    now);
        } else {
            tasks.finish(group, TaskState.SUCCESS, null, now);
        }
    }

    private static TaskError error(Items items, TaskCell failed) {
        var cause = failed.error;
        var what = cause == null ? "ended " + failed.state : cause.message();
        var sentence =
                "%d of %d items failed; item %d: %s"
                        .formatted(items.failures, items.count(), failed.index, what);
        return TaskError.permanent("items-failed", sentence)
                .withDetails(
                        Map.of(
                                "index", (long) failed.index,
                                "failed", (long) items.failures,
                                "items", (long) items.count(),
                                "code", cause == null ? "" : cause.code()));
    }

    private void fail(TaskCell task, String code, String message, Instant now) {
        task.output = null;
        task.error = TaskError.permanent(code, message);
        tasks.finish(task, TaskState.FAILED, null, now);
    }
}
