package dev.leat.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How one attempt of a task ended.
public sealed interface Outcome {

    /// @param output any JSON value; what later tasks see as `tasks.<id>.output`
    record Succeeded(@Nullable Object output) implements Outcome {}

    record Failed(TaskError error) implements Outcome {}

    /// The attempt has nothing to do until a moment, and then has succeeded. No thread is held
    /// meanwhile and a restart doesn't lose it.
    ///
    /// @param reason shown to people while it waits, such as `until 2026-12-24T18:00:00Z`
    record Waiting(Instant until, String reason, @Nullable Object output) implements Outcome {}

    static Outcome succeeded(@Nullable Object output) {
        return new Succeeded(output);
    }

    static Outcome failed(TaskError error) {
        return new Failed(error);
    }
}
