package dev.leat.engine;

import dev.leat.store.Change.RunError;
import dev.leat.task.TaskError;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Failures as expressions see them: the root `error`, and `tasks.<id>.error`.
final class ErrorView {

    private ErrorView() {}

    static Map<String, @Nullable Object> of(TaskError error, String task, int attempt) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("code", error.code());
        view.put("message", error.message());
        view.put("task", task);
        view.put("attempt", (long) attempt);
        view.put("details", error.details());
        view.put("causes", error.causes());
        return view;
    }

    static Map<String, @Nullable Object> of(RunError error) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("code", error.code());
        view.put("message", error.message());
        view.put("task", error.task() == null ? "" : error.task());
        view.put("attempt", (long) error.attempt());
        view.put("details", Map.of());
        view.put("causes", error.causes());
        return view;
    }
}
