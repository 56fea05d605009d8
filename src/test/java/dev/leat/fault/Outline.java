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
    record Task(String id, String type, String section, List<String> dependsOn, boolean retrySafe) {

        /// Whether its attempts write the ledger.
        boolean noted() {
            return Set.of("shell", "ledger.note", "http").contains(type);
        }

        /// Whether its lines say which attempt wrote them.
        boolean notedByAttempt() {
            return noted() && !type.equals("http");
        }
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
                !Boolean.FALSE.equals(json.get("retrySafe")));
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
