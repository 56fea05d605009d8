package dev.leat.engine;

import dev.leat.store.Journal;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/// What every [RunExecution] works with.
record EngineParts(
        Journal journal,
        TaskRunner runner,
        RetryGuard retries,
        Timers timers,
        Slots slots,
        Executor threads,
        InstantSource clock) {}
