package dev.leat.cli;

import dev.leat.store.Json;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run as REST shows it, read by name: the same from this process and from a server.
record RunDocument(Map<String, @Nullable Object> json) {

    static RunDocument parse(String text) {
        return new RunDocument(Json.readObject(text));
    }

    String id() {
        return text(json, "id");
    }

    String workflow() {
        return text(json, "workflow");
    }

    RunState state() {
        return RunState.valueOf(text(json, "state"));
    }

    long durationMillis() {
        return json.get("durationMillis") instanceof Long millis ? millis : 0;
    }

    @Nullable Object outputs() {
        return json.get("outputs");
    }

    @Nullable String reason() {
        return json.get("reason") instanceof String reason ? reason : null;
    }

    @Nullable Failure failure() {
        return Failure.of(json.get("error"));
    }

    List<PlannedTask> tasks() {
        var tasks = new ArrayList<PlannedTask>();
        for (var task : objects(json.get("tasks"))) {
            tasks.add(
                    new PlannedTask(
                            text(task, "id"),
                            text(task, "type"),
                            text(task, "section"),
                            texts(task.get("dependsOn")),
                            TaskState.valueOf(text(task, "state")),
                            task.get("attempt") instanceof Long attempt ? attempt.intValue() : 0,
                            task.get("maxAttempts") instanceof Long most ? most.intValue() : 1,
                            Failure.of(task.get("error"))));
        }
        return tasks;
    }

    /// One task as the plan has it.
    record PlannedTask(
            String id,
            String type,
            String section,
            List<String> dependsOn,
            TaskState state,
            int attempt,
            int maxAttempts,
            @Nullable Failure failure) {}

    /// Why a run or a task failed.
    record Failure(String code, String message, @Nullable String task, List<String> causes) {

        static @Nullable Failure of(@Nullable Object error) {
            if (!(error instanceof Map<?, ?> map)) {
                return null;
            }
            return new Failure(
                    String.valueOf(map.get("code")),
                    String.valueOf(map.get("message")),
                    map.get("task") instanceof String task ? task : null,
                    texts(map.get("causes")));
        }
    }

    static String text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text ? text : "";
    }

    static List<Map<?, ?>> objects(@Nullable Object list) {
        var objects = new ArrayList<Map<?, ?>>();
        if (list instanceof List<?> items) {
            for (var item : items) {
                if (item instanceof Map<?, ?> map) {
                    objects.add(map);
                }
            }
        }
        return objects;
    }

    static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }
}
