package dev.leat.engine;

import dev.leat.store.ErrorJson;
import dev.leat.store.Json;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is stored of a task besides its state, as `task_run.detail`: how many items it has, how
/// often it was repeated, what it waits for, which run it started.
final class TaskDetail {

    private TaskDetail() {}

    /// @return null where there is nothing to keep
    static @Nullable String of(TaskCell task) {
        if (isPlain(task)) {
            return null;
        }
        var detail = new LinkedHashMap<String, @Nullable Object>();
        var items = task.items;
        if (items != null) {
            detail.put("items", (long) items.count());
        }
        if (task.repetition > 0) {
            detail.put("repetition", (long) task.repetition);
            detail.put("earlierAttempts", (long) task.earlierAttempts);
            if (task.repeating) {
                detail.put("repeating", true);
            }
        }
        if (task.child != null) {
            detail.put("child", task.child);
        }
        if (task.cachedFrom != null) {
            detail.put("cachedFrom", task.cachedFrom);
        }
        if (task.awaited != null) {
            detail.put("awaited", json(task.awaited));
            detail.put("late", json(task.late));
        }
        return detail.isEmpty() ? null : Json.write(detail);
    }

    /// Most tasks have nothing to tell, and each of their steps asks.
    private static boolean isPlain(TaskCell task) {
        return task.items == null
                && task.repetition == 0
                && task.awaited == null
                && task.child == null
                && task.cachedFrom == null;
    }

    /// Puts a task back to what was stored of it.
    static void restore(TaskCell task, String json) {
        var detail = Json.readObject(json);
        task.repetition = number(detail.get("repetition"));
        task.earlierAttempts = number(detail.get("earlierAttempts"));
        task.repeating = Boolean.TRUE.equals(detail.get("repeating"));
        task.child = textOrNull(detail.get("child"));
        task.cachedFrom = textOrNull(detail.get("cachedFrom"));
        if (detail.get("awaited") instanceof Map<?, ?> awaited) {
            task.awaited = awaited(awaited);
            task.late = late(detail.get("late"));
        }
    }

    /// What tells people's answers, signals and ends of runs which tasks wait for them; null where
    /// the task waits for none of these.
    static @Nullable String awaits(TaskCell task) {
        return switch (task.awaited) {
            case null -> null;
            case Awaited.Approval _ -> "approval";
            case Awaited.Signal(var name, var key) -> awaits(name, key);
            case Awaited.Run run -> "run " + run.run();
        };
    }

    static String awaits(String signal, String key) {
        return "signal " + signal + " " + key;
    }

    private static Map<String, @Nullable Object> json(Awaited awaited) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        switch (awaited) {
            case Awaited.Approval approval -> {
                json.put("kind", "approval");
                json.put("title", approval.title());
                json.put("message", approval.message());
                json.put("form", approval.form());
                json.put("approvers", approval.approvers());
                json.put("rejectionFails", approval.rejectionFails());
            }
            case Awaited.Signal(var name, var key) -> {
                json.put("kind", "signal");
                json.put("name", name);
                json.put("key", key);
            }
            case Awaited.Run run -> {
                json.put("kind", "run");
                json.put("workflow", run.workflow());
                json.put("revision", (long) run.revision());
                json.put("inputs", run.inputs());
                json.put("labels", run.labels());
                json.put("run", run.run());
            }
        }
        return json;
    }

    static @Nullable Awaited awaited(Map<?, ?> json) {
        return switch (text(json.get("kind"))) {
            case "approval" ->
                    new Awaited.Approval(
                            text(json.get("title")),
                            text(json.get("message")),
                            object(json.get("form")),
                            texts(json.get("approvers")),
                            Boolean.TRUE.equals(json.get("rejectionFails")));
            case "signal" -> new Awaited.Signal(text(json.get("name")), text(json.get("key")));
            case "run" ->
                    new Awaited.Run(
                            text(json.get("workflow")),
                            number(json.get("revision")),
                            object(json.get("inputs")),
                            labels(json.get("labels")),
                            textOrNull(json.get("run")));
            default -> null;
        };
    }

    private static Map<String, @Nullable Object> json(@Nullable Outcome late) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        switch (late) {
            case Outcome.Succeeded(var output) -> json.put("output", output);
            case Outcome.Failed(var error) -> json.put("error", ErrorJson.of(error));
            case null, default -> {}
        }
        return json;
    }

    private static Outcome late(@Nullable Object json) {
        if (json instanceof Map<?, ?> map) {
            if (map.containsKey("output")) {
                return Outcome.succeeded(map.get("output"));
            }
            if (map.get("error") instanceof Map<?, ?> error) {
                return Outcome.failed(ErrorJson.task(Json.write(error)));
            }
        }
        return Outcome.failed(TaskError.transientFailure("timeout", "no answer came in time"));
    }

    private static int number(@Nullable Object json) {
        return json instanceof Number number ? number.intValue() : 0;
    }

    private static String text(@Nullable Object json) {
        return json == null ? "" : json.toString();
    }

    private static @Nullable String textOrNull(@Nullable Object json) {
        return json == null ? null : json.toString();
    }

    private static List<String> texts(@Nullable Object json) {
        return json instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object json) {
        return json instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    private static Map<String, String> labels(@Nullable Object json) {
        var labels = new LinkedHashMap<String, String>();
        object(json).forEach((name, value) -> labels.put(name, String.valueOf(value)));
        return labels;
    }
}
