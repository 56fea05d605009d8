package dev.leat.engine;

import dev.leat.store.Change.RunError;
import dev.leat.store.TaskRun;
import dev.leat.task.TaskError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is on disk of an unfinished run, read whole.
///
/// @param tasks those that have left PENDING, by id
record StoredRun(
        Instant startedAt,
        boolean cancelled,
        boolean timedOut,
        boolean paused,
        @Nullable RunError error,
        Map<String, StoredTask> tasks) {

    /// One that isn't paused.
    StoredRun(
            Instant startedAt,
            boolean cancelled,
            boolean timedOut,
            @Nullable RunError error,
            Map<String, StoredTask> tasks) {
        this(startedAt, cancelled, timedOut, false, error, tasks);
    }

    record StoredTask(TaskRun row, @Nullable TaskError error, @Nullable Object output) {}

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
