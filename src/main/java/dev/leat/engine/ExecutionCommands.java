package dev.leat.engine;

import java.time.Duration;
import java.util.List;

/// Carries out what a run's machine wants done, once that is on disk: attempts begin and are told
/// to end, alarms are set, places in pools asked for, waits begun.
final class ExecutionCommands {

    private final RunExecution execution;
    private final EngineParts parts;
    private final Alarms alarms;
    private final ExecutionAttempts attempts;
    private final ExecutionWaits waits;

    ExecutionCommands(RunExecution execution, RunContext context, EngineParts parts) {
        this.execution = execution;
        this.parts = parts;
        this.alarms = new Alarms(parts.timers(), parts.threads());
        this.attempts = new ExecutionAttempts(execution, context, parts, alarms);
        this.waits = new ExecutionWaits(execution, context, parts, alarms);
    }

    ExecutionAttempts attempts() {
        return attempts;
    }

    ExecutionWaits waits() {
        return waits;
    }

    void carryOut(List<Command> commands) {
        for (var command : commands) {
            switch (command) {
                case Command.Perform(var task, var number) -> attempts.perform(task, number);
                case Command.RetryAfter(var task, var delay) -> attempts.retryAfter(task, delay);
                case Command.WakeAt(var task, var at) -> alarms.at(at, () -> attempts.due(task));
                case Command.TimeUpAt(var at) ->
                        // By the clock of the process: a wall clock that jumps ends no run.
                        alarms.after(
                                Duration.between(parts.clock().instant(), at),
                                () -> execution.move(RunMachine::timeUp));
                case Command.AskPool(var task, var pool) ->
                        parts.pools().ask(pool, execution, task, parts.threads());
                case Command.PoolFreed(var pool) ->
                        parts.threads().execute(() -> parts.pools().serve(pool));
                case Command.Await(var task, var number, var awaited) ->
                        waits.await(task, number, awaited);
                case Command.StopChild(var child, var why) ->
                        parts.threads().execute(() -> waits.stop(child, why));
                case Command.Stop(var task, var number, var why) ->
                        attempts.stop(task, number, why);
                case Command.Ended(var state) -> {
                    leaveMemory();
                    execution.end(state);
                }
            }
        }
    }

    /// Nothing that the run waited for comes any more.
    void leaveMemory() {
        parts.slots().forget(execution);
        parts.pools().forget(execution);
        alarms.clear();
    }
}
