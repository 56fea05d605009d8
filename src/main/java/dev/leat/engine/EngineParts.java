package dev.leat.engine;

import dev.leat.store.Journal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

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
        RunEnds ends,
        Executor threads,
        InstantSource clock,
        Duration sleepAfter) {

    static EngineParts of(
            Journal journal,
            AttemptRunner runner,
            Answers answers,
            RetryGuard retries,
            Timers timers,
            Pools pools,
            RunEnds ends,
            InstantSource clock,
            EngineConfig config) {
        return new EngineParts(
                journal,
                runner,
                answers,
                retries,
                timers,
                new Slots(config.maxRunningTasks()),
                pools,
                ends,
                newThreads(),
                clock,
                config.sleepAfter());
    }

    /// Threads of our own: those of the platform would carry the context of the request that
    /// started the run along, and switch it off under the request's feet.
    private static Executor newThreads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("leat-run-", 0).factory());
    }
}
