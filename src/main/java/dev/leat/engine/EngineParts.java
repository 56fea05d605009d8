package dev.leat.engine;

import dev.leat.store.Journal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/// What every [RunExecution] works with.
///
/// @param sleepAfter a run that only waits, and for longer than this, leaves the memory
record EngineParts(
        Journal journal,
        AttemptRunner runner,
        Answers answers,
        RetryGuard retries,
        Timers timers,
        Slots slots,
        Pools pools,
        Executor threads,
        InstantSource clock,
        Duration sleepAfter) {}
