package dev.leat.engine.report;

import dev.leat.store.Json;
import dev.leat.store.TaskRun;
import dev.leat.store.TaskState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What there is to know of a task that not every task has.
///
/// @param items how many items its `forEach` has; null where it has none, or not yet
/// @param itemStates how many of those that have begun are in which state
/// @param repetition how often it had succeeded before, where it has a `repeat`
/// @param child the newest run that it started
/// @param cachedFrom the run whose output it took
/// @param awaits while it waits for an answer, a signal or a run: what for, with its `kind`
@RegisterForReflection
public record TaskFacts(
        @Nullable Integer items,
        Map<TaskState, Integer> itemStates,
        int repetition,
        @Nullable String child,
        @Nullable String cachedFrom,
        @Nullable Map<String, @Nullable Object> awaits) {

    /// @return null where there is nothing to say
    static @Nullable TaskFacts of(TaskRun row, Map<TaskState, Integer> itemStates) {
        if (row.detail == null) {
            return null;
        }
        var detail = Json.readObject(row.detail);
        return new TaskFacts(
                detail.get("items") instanceof Number items ? items.intValue() : null,
                itemStates,
                detail.get("repetition") instanceof Number times ? times.intValue() : 0,
                text(detail.get("child")),
                text(detail.get("cachedFrom")),
                row.state == TaskState.WAITING ? object(detail.get("awaited")) : null);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : null;
    }

    /// Whether it has items to look at.
    public boolean hasItems() {
        return items != null;
    }

    /// How many items have ended, whatever came of them.
    public int itemsEnded() {
        return itemStates.entrySet().stream()
                .filter(entry -> entry.getKey().terminal())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /// `12 of 40 items, 2 failed`; empty without items.
    public String itemWords() {
        if (items == null) {
            return "";
        }
        var failed =
                itemStates.entrySet().stream()
                        .filter(entry -> entry.getKey().failure())
                        .mapToInt(Map.Entry::getValue)
                        .sum();
        return "%d of %d items%s"
                .formatted(itemsEnded(), items, failed == 0 ? "" : ", " + failed + " failed");
    }

    /// Whether it waits for a person.
    public boolean waitsForPerson() {
        return awaits != null && "approval".equals(awaits.get("kind"));
    }
}
