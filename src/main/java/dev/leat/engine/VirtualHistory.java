package dev.leat.engine;

import dev.leat.engine.VirtualResult.Moment;
import dev.leat.engine.VirtualResult.TaskResult;
import dev.leat.store.Change;
import dev.leat.store.Change.RunError;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import dev.leat.task.TaskError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keeps what the machine of a run wants kept, as a database would, and those of the runs that it
/// starts: their tasks have the starting task's name before their own.
final class VirtualHistory {

    private final Instant start;
    private final Map<String, Kept> tasks = new LinkedHashMap<>();
    private final List<Moment> timeline = new ArrayList<>();
    private RunState state = RunState.QUEUED;
    private @Nullable String reason;
    private @Nullable Map<String, @Nullable Object> outputs;
    private @Nullable RunError error;

    VirtualHistory(Instant start) {
        this.start = start;
    }

    private static final class Kept {
        TaskState state = TaskState.PENDING;
        int attempts;
        @Nullable Object output;
        @Nullable Map<String, @Nullable Object> with;
        @Nullable String reason;
        @Nullable TaskError error;
        final List<Duration> waits = new ArrayList<>();
        @Nullable Duration began;
        @Nullable Duration ended;
    }

    /// A run begins. What was kept of an earlier one of the same task is past.
    void begin(String path) {
        if (!path.isEmpty()) {
            tasks.keySet().removeIf(task -> task.startsWith(path));
        }
    }

    String state(String task) {
        var kept = tasks.get(task);
        return (kept == null ? TaskState.PENDING : kept.state).name();
    }

    /// What those that wait say, where nothing happens any more.
    String waiting() {
        return tasks.entrySet().stream()
                .filter(each -> each.getValue().state == TaskState.WAITING)
                .filter(each -> each.getValue().reason != null)
                .map(each -> "; '" + each.getKey() + "' " + each.getValue().reason)
                .collect(Collectors.joining());
    }

    void started(String task, @Nullable Map<String, @Nullable Object> parameters, Instant now) {
        var kept = kept(task);
        kept.with = parameters;
        if (kept.began == null) {
            kept.began = since(now);
        }
    }

    void task(String path, Change.TaskChanged change) {
        var id = path + change.task();
        var kept = kept(id);
        kept.state = change.state();
        kept.attempts = change.attempt();
        kept.reason = change.reason();
        kept.error = change.error();
        kept.output = change.hasOutput() ? change.output() : null;
        kept.ended = change.state().terminal() ? since(change.at()) : null;
        if (change.state() == TaskState.RETRYING && change.dueAt() != null) {
            kept.waits.add(Duration.between(change.at(), change.dueAt()));
        }
        var failure = change.error();
        timeline.add(
                new Moment(
                        since(change.at()),
                        id,
                        change.state().name(),
                        change.attempt(),
                        change.reason(),
                        failure == null || change.state() == TaskState.RUNNING
                                ? null
                                : failure.code() + ": " + failure.message()));
    }

    void run(String path, Change.RunChanged change) {
        if (path.isEmpty()) {
            state = change.state();
            reason = change.reason();
            outputs = change.outputs() == null ? outputs : change.outputs();
            error = change.error() == null ? error : change.error();
        }
        var failure = change.state().terminal() ? change.error() : null;
        timeline.add(
                new Moment(
                        since(change.at()),
                        path.isEmpty() ? null : path + Moment.RUN,
                        change.state().name(),
                        0,
                        change.reason(),
                        failure == null ? null : failure.code() + ": " + failure.message()));
    }

    private Kept kept(String task) {
        return tasks.computeIfAbsent(task, _ -> new Kept());
    }

    private Duration since(Instant moment) {
        return Duration.between(start, moment);
    }

    /// @param stuck null where the run has ended
    VirtualResult result(Instant now, @Nullable String stuck) {
        var results = new LinkedHashMap<String, TaskResult>();
        tasks.forEach(
                (id, kept) ->
                        results.put(
                                id,
                                new TaskResult(
                                        kept.state,
                                        kept.attempts,
                                        kept.output,
                                        kept.with,
                                        kept.reason,
                                        kept.error,
                                        kept.waits,
                                        kept.began,
                                        kept.ended)));
        return new VirtualResult(
                state, reason, outputs, error, since(now), stuck, results, timeline);
    }
}
