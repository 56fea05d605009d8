package dev.leat.engine;

import dev.leat.store.Change.RunError;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import dev.leat.task.TaskError;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came of a [VirtualRun].
///
/// @param state RUNNING where nothing would ever happen any more
/// @param took until its end, or until the last thing that happened
/// @param stuck why it didn't end; null where it did
/// @param tasks those that something happened to, by id
/// @param timeline everything that happened, in order
public record VirtualResult(
        RunState state,
        @Nullable String reason,
        @Nullable Map<String, @Nullable Object> outputs,
        @Nullable RunError error,
        Duration took,
        @Nullable String stuck,
        Map<String, TaskResult> tasks,
        List<Moment> timeline) {

    public VirtualResult {
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
        timeline = List.copyOf(timeline);
    }

    /// @param at from the run's start
    /// @param task null where it happened to the run; `load/(run)` where to the one that a task
    /// started
    public record Moment(
            Duration at,
            @Nullable String task,
            String state,
            int attempt,
            @Nullable String reason,
            @Nullable String failure) {
        static final String RUN = "(run)";

        /// Whether it is the start of a task.
        public boolean starts() {
            return task != null && !task.endsWith(RUN) && state.equals("RUNNING");
        }
    }

    /// @param with the parameters of its last attempt; null where it had none
    /// @param waits between its attempts
    /// @param began null where it never started
    /// @param ended null where it never did
    public record TaskResult(
            TaskState state,
            int attempts,
            @Nullable Object output,
            @Nullable Map<String, @Nullable Object> with,
            @Nullable String reason,
            @Nullable TaskError error,
            List<Duration> waits,
            @Nullable Duration began,
            @Nullable Duration ended) {
        public TaskResult {
            waits = List.copyOf(waits);
        }
    }
}
