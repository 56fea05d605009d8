package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.Operation;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What people want of one run while this process has it.
final class ExecutionOperations {

    private final RunExecution execution;

    /// Until then nothing can be asked of the run: there is nothing yet to be done to it.
    private final CountDownLatch begun = new CountDownLatch(1);

    /// Those that the run knows of, by id. Touched within its moves only.
    private final Set<Long> heard = new HashSet<>();

    private volatile boolean cancelled;

    ExecutionOperations(RunExecution execution) {
        this.execution = execution;
    }

    /// From now on the run can be asked for something.
    void begin() {
        begun.countDown();
    }

    /// Whether this process has been told to end the run.
    boolean cancelled() {
        return cancelled;
    }

    /// A step of the run, and what was asked for besides. Each once: the same may be heard of
    /// several times until it is done.
    Step also(Step step, List<Operation> asked, RunMachine machine, Instant now) {
        var all = step;
        for (var operation : asked) {
            if (heard.add(operation.id())) {
                all = all.and(machine.operateAsked(operation, now));
            }
        }
        return all;
    }

    /// @return once it is on disk; false where this process has let go of the run
    /// @throws dev.leat.task.Refusal.Conflict where it can't be done
    CompletableFuture<Boolean> operate(Operation operation) {
        if (!hasBegun()) {
            return CompletableFuture.completedFuture(false);
        }
        return execution.moveIfCarried(
                (m, now) -> {
                    var step = m.operate(operation, now);
                    heard.add(operation.id());
                    return step;
                });
    }

    /// What was asked for where this process didn't hear it.
    void operateAsked(List<Operation> asked) {
        if (hasBegun()) {
            execution.move((m, now) -> also(RunExecution.NOTHING, asked, m, now));
        }
    }

    /// @param operation kept in the same write; null where that was kept before
    /// @return once it is on disk; false where this process has let go of the run
    CompletableFuture<Boolean> cancel(
            @Nullable String by, @Nullable String why, @Nullable Operation operation) {
        if (!hasBegun()) {
            return CompletableFuture.completedFuture(false);
        }
        return execution.moveIfCarried(
                (m, now) -> {
                    if (cancelled && operation == null) {
                        return RunExecution.NOTHING;
                    }
                    cancelled = true;
                    var step = m.cancel(by, why, now);
                    return operation == null || step.isEmpty()
                            ? step
                            : step.and(new Change.Operated(operation.done(now)));
                });
    }

    /// Whoever found the run may be faster than who is about to begin it.
    private boolean hasBegun() {
        try {
            return begun.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
