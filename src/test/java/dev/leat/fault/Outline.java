package dev.leat.fault;

import dev.leat.store.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the auditor has to know of a definition, read by itself rather than by the code it judges.
record Outline(Map<String, Task> tasks, int limit) {

    /// @param section `tasks`, `onFailure` or `finally`
    /// @param each whether it goes through items
    /// @param times how often it runs by its `repeat`; 1 where it has none
    record Task(
            String id,
            String type,
            String section,
            List<String> dependsOn,
            boolean retrySafe,
            boolean each,
            int times) {

        /// One of its items.
        Task item(String id) {
            return new Task(id, type, section, dependsOn, retrySafe, false, times);
        }

        boolean startsRun() {
            return type.equals("subflow");
        }

        /// Whether its attempts write the ledger.
        boolean noted() {
            return !each && Set.of("shell", "ledger.note", "http").contains(type);
        }

        /// Whether its lines say which attempt wrote them.
        boolean notedByAttempt() {
            return noted() && !type.equals("http");
        }
    }

    /// The tasks, and the items of those that went through some, as they are in the tables.
    List<Task> withItems(Set<String> rows) {
        var all = new ArrayList<>(tasks.values());
        for (var row : rows) {
            var dot = row.indexOf('.');
            if (dot > 0 && tasks.get(row.substring(0, dot)) instanceof Task group && group.each) {
                all.add(group.item(row));
            }
        }
        return all;
    }

    static Outline of(String definition) {
        var json = Json.readObject(definition);
        var tasks = new LinkedHashMap<String, Task>();
        for (var section : List.of("tasks", "onFailure", "finally")) {
            if (json.get(section) instanceof List<?> list) {
                for (var entry : list) {
                    var task = task((Map<?, ?>) entry, section);
                    tasks.put(task.id, task);
                }
            }
        }
        var limit =
                json.get("concurrency") instanceof Map<?, ?> map ? (Number) map.get("limit") : null;
        return new Outline(tasks, limit == null ? 0 : limit.intValue());
    }

    private static Task task(Map<?, ?> json, String section) {
        return new Task(
                String.valueOf(json.get("id")),
                String.valueOf(json.get("type")),
                section,
                names(json.get("dependsOn")),
                !Boolean.FALSE.equals(json.get("retrySafe")),
                json.get("forEach") != null,
                json.get("repeat") instanceof Map<?, ?> repeat
                        ? ((Number) repeat.get("maxTimes")).intValue()
                        : 1);
    }

    private static List<String> names(@Nullable Object dependsOn) {
        var names = new ArrayList<String>();
        switch (dependsOn) {
            case String one -> names.add(one);
            case List<?> several -> several.forEach(name -> names.add(String.valueOf(name)));
            case null, default -> {}
        }
        return names;
    }
}
