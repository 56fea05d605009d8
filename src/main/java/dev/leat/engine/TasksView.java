package dev.leat.engine;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The root `tasks`: a window on the run's tasks that makes an entry when it is asked for one, so
/// that a run of 100,000 tasks isn't copied for each expression.
final class TasksView extends AbstractMap<String, @Nullable Object> {

    private final List<Phase> phases;

    TasksView(List<Phase> phases) {
        this.phases = phases;
    }

    @Override
    public @Nullable Object get(@Nullable Object id) {
        var task = id instanceof String name ? find(name) : null;
        return task == null ? null : view(task);
    }

    @Override
    public boolean containsKey(@Nullable Object id) {
        return id instanceof String name && find(name) != null;
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        var all = new LinkedHashMap<String, @Nullable Object>();
        for (var phase : phases) {
            phase.cells().forEach(task -> all.put(task.id(), view(task)));
        }
        return all.entrySet();
    }

    private @Nullable TaskCell find(String id) {
        for (var phase : phases) {
            var task = phase.find(id);
            if (task != null) {
                return task;
            }
        }
        return null;
    }

    private static Map<String, @Nullable Object> view(TaskCell task) {
        var view = HashMap.<String, @Nullable Object>newHashMap(3);
        view.put("output", task.output);
        view.put("status", task.state.name());
        var error = task.error;
        view.put("error", error == null ? null : ErrorView.of(error, task.id(), task.attempt));
        return view;
    }
}
