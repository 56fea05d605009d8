package dev.leat.engine;

import dev.leat.store.TaskState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The items of one `forEach` task: each is a [TaskCell] of its own. They begin in order, so many
/// at once as the task allows.
final class Items {

    private final TaskCell[] cells;
    private final int atOnce;
    private int next;
    private int active;

    /// Whether no further item is to begin, because one has failed.
    boolean closed;

    /// The first item that failed.
    @Nullable TaskCell failed;

    int failures;

    /// @param values what to go through
    Items(TaskCell group, List<?> values) {
        this.cells = new TaskCell[values.size()];
        for (int index = 0; index < cells.length; index++) {
            cells[index] = new TaskCell(group, index, values.get(index));
        }
        var each = group.spec.forEach();
        this.atOnce = each == null || each.concurrency() == 0 ? cells.length : each.concurrency();
    }

    /// What `items` came to, as a list: an object is gone through by key and value.
    ///
    /// @return null for anything but a list or an object
    static @Nullable List<?> values(@Nullable Object items) {
        if (items instanceof List<?> list) {
            return list;
        }
        if (items instanceof Map<?, ?> map) {
            var entries = new ArrayList<Map<String, @Nullable Object>>(map.size());
            map.forEach((key, value) -> entries.add(entry(String.valueOf(key), value)));
            return entries;
        }
        return null;
    }

    private static Map<String, @Nullable Object> entry(String key, @Nullable Object value) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("key", key);
        entry.put("value", value);
        return entry;
    }

    List<TaskCell> cells() {
        return Arrays.asList(cells);
    }

    /// The item of an id, which ends with its position.
    ///
    /// @param from where the position begins
    @Nullable TaskCell find(String id, int from) {
        try {
            int index = Integer.parseInt(id, from, id.length(), 10);
            // Not by any other way to write the number.
            return index >= 0 && index < cells.length && cells[index].id().equals(id)
                    ? cells[index]
                    : null;
        } catch (NumberFormatException noItem) {
            return null;
        }
    }

    int count() {
        return cells.length;
    }

    /// Whether no item is under way.
    boolean quiet() {
        return active == 0;
    }

    /// Whether no item is left that hasn't begun.
    boolean begunAll() {
        return next >= cells.length;
    }

    /// The next item that may begin; null where there is none, or no room for it.
    @Nullable TaskCell begin() {
        while (!closed && active < atOnce && next < cells.length) {
            var cell = cells[next++];
            if (cell.state == TaskState.PENDING) {
                active++;
                return cell;
            }
        }
        return null;
    }

    /// An item is under way that began before the run was taken up again.
    void resumed() {
        active++;
    }

    void ended(TaskCell item) {
        active--;
        count(item);
    }

    /// Counts an item that has ended, now or before the run was taken up again.
    void count(TaskCell item) {
        if (item.state.failure()) {
            failures++;
            failed = failed == null ? item : failed;
        }
    }

    /// What each item gave back, in order; null for those that gave nothing.
    List<@Nullable Object> outputs() {
        var outputs = new ArrayList<@Nullable Object>(cells.length);
        for (var cell : cells) {
            outputs.add(cell.state == TaskState.SUCCESS ? cell.output : null);
        }
        return outputs;
    }
}
