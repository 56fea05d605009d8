package dev.leat.engine;

import dev.leat.store.RunState;
import dev.leat.task.Awaited;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a [RunMachine] wants done, once the changes that came with it are on disk.
sealed interface Command {

    /// Perform an attempt of a task.
    record Perform(TaskCell task, int attempt) implements Command {}

    /// Tell the machine after this time that the task may be tried again.
    record RetryAfter(TaskCell task, Duration delay) implements Command {}

    /// Tell the machine at this moment that the task's wait is over.
    record WakeAt(TaskCell task, Instant at) implements Command {}

    /// Ask for a place in the task's pool, and tell the machine.
    record AskPool(TaskCell task, String pool) implements Command {}

    /// A place in a pool has come free.
    record PoolFreed(String pool) implements Command {}

    /// Find out whether what the task waits for has come, and tell the machine when it does. A run
    /// that it waits for is started, where it isn't yet.
    record Await(TaskCell task, int attempt, Awaited awaited) implements Command {}

    /// Ask a run that a task started to end.
    record StopChild(@Nullable String run, String why) implements Command {}

    /// Stop the attempt that is running.
    record Stop(TaskCell task, int attempt, String why) implements Command {}

    /// Tell the machine at this moment that the run's time is up.
    record TimeUpAt(Instant at) implements Command {}

    /// Nothing more will happen.
    record Ended(RunState state) implements Command {}
}
