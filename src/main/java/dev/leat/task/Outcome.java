package dev.leat.task;

import java.time.Duration;
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

    /// The attempt has nothing to do until somebody or something answers.
    ///
    /// @param reason shown to people while it waits
    /// @param until when the answer is too late; null where it never is
    /// @param late what the attempt comes to then
    record Awaiting(Awaited awaited, String reason, @Nullable Instant until, Outcome late)
            implements Outcome {}

    /// The attempt has succeeded once a signal is sent.
    ///
    /// @param payload any JSON value, the output of those who wait for it
    /// @param keep how long it is kept where nobody waits for it yet
    record Signalling(Awaited.Signal signal, @Nullable Object payload, Duration keep)
            implements Outcome {}

    static Outcome succeeded(@Nullable Object output) {
        return new Succeeded(output);
    }

    static Outcome failed(TaskError error) {
        return new Failed(error);
    }
}
