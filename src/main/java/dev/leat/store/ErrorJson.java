package dev.leat.store;

import dev.leat.store.Change.RunError;
import dev.leat.task.TaskError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Errors as the `error` columns hold them, and back.
public final class ErrorJson {

    private ErrorJson() {}

    /// `retryAfter` is an ISO 8601 duration.
    public static Map<String, @Nullable Object> of(TaskError error) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("code", error.code());
        json.put("message", error.message());
        json.put("retryable", error.retryable());
        json.put("retryAfter", error.retryAfter() == null ? null : error.retryAfter().toString());
        json.put("details", error.details());
        json.put("causes", error.causes());
        return json;
    }

    public static Map<String, @Nullable Object> of(RunError error) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("code", error.code());
        json.put("message", error.message());
        json.put("task", error.task());
        json.put("attempt", (long) error.attempt());
        json.put("causes", error.causes());
        return json;
    }

    /// What [TaskRun#error] and a task's [Transition#error] hold.
    public static TaskError task(String json) {
        var error = Json.readObject(json);
        var retryAfter = error.get("retryAfter");
        return new TaskError(
                text(error, "code"),
                text(error, "message"),
                Boolean.TRUE.equals(error.get("retryable")),
                retryAfter == null ? null : Duration.parse(retryAfter.toString()),
                details(error.get("details")),
                causes(error.get("causes")));
    }

    /// What [Run#error] and a run's [Transition#error] hold.
    public static RunError run(String json) {
        var error = Json.readObject(json);
        var task = error.get("task");
        return new RunError(
                text(error, "code"),
                text(error, "message"),
                task == null ? null : task.toString(),
                error.get("attempt") instanceof Number attempt ? attempt.intValue() : 0,
                causes(error.get("causes")));
    }

    private static String text(Map<String, @Nullable Object> error, String name) {
        return String.valueOf(error.get(name));
    }

    private static List<String> causes(@Nullable Object json) {
        return json instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Map<String, @Nullable Object> details(@Nullable Object json) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        if (json instanceof Map<?, ?> map) {
            map.forEach((name, value) -> details.put(String.valueOf(name), value));
        }
        return details;
    }
}
