package dev.leat.engine.report;

import dev.leat.store.TaskState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One task of a run, started or not.
///
/// @param section `tasks`, `onFailure` or `finally`
/// @param attempt the newest one's number; 0 before the first
/// @param reason why it is where it is, one sentence
/// @param dueAt when its wait ends
/// @param durationMillis from the first attempt's start to the end, or until now
/// @param hasOutput whether there is an output to ask for
/// @param facts what there is besides: items, the run it started, what it waits for; null for
/// nothing
@RegisterForReflection
public record TaskReport(
        String id,
        String name,
        String type,
        String section,
        List<String> dependsOn,
        TaskState state,
        int attempt,
        int maxAttempts,
        @Nullable String reason,
        @Nullable Instant dueAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Long durationMillis,
        @Nullable Map<String, @Nullable Object> error,
        boolean hasOutput,
        @Nullable TaskFacts facts,
        List<Attempt> attempts) {

    /// What lies between a change to RUNNING and the next change.
    ///
    /// @param state how it ended; RUNNING while it hasn't
    /// @param nextAttemptAt when it is followed by another
    @RegisterForReflection
    public record Attempt(
            int number,
            TaskState state,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Long durationMillis,
            @Nullable String reason,
            @Nullable Map<String, @Nullable Object> error,
            @Nullable Instant nextAttemptAt) {}
}
