package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.Change.RunError;
import dev.leat.store.Operation;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a [RunMachine] wants kept and done during one move, with the run's transitions numbered
/// without a gap.
final class RunLedger {

    private final long run;
    private final List<Change> changes = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private long seq;

    /// What an unfinished run is in: RUNNING or PAUSED.
    private RunState unfinished = RunState.RUNNING;

    RunLedger(long run, long lastSeq) {
        this.run = run;
        this.seq = lastSeq;
    }

    void started(Instant now) {
        changes.add(
                new Change.RunChanged(
                        run, ++seq, RunState.RUNNING, null, now, null, null, null, now));
    }

    /// The run goes on, with a reason that people should know.
    void going(
            String reason,
            @Nullable Map<String, @Nullable Object> outputs,
            @Nullable RunError error,
            Instant now) {
        changes.add(
                new Change.RunChanged(
                        run, ++seq, unfinished, reason, null, null, outputs, error, now));
    }

    /// From now on the unfinished run is in this state.
    void unfinished(RunState state) {
        unfinished = state;
    }

    void operated(Operation operation) {
        changes.add(new Change.Operated(operation));
    }

    void ended(
            RunState state,
            @Nullable String reason,
            @Nullable Map<String, @Nullable Object> outputs,
            @Nullable RunError error,
            Instant now) {
        changes.add(
                new Change.RunChanged(run, ++seq, state, reason, null, now, outputs, error, now));
        commands.add(new Command.Ended(state));
    }

    void cancelRequested(@Nullable String by, @Nullable String why, Instant now) {
        changes.add(new Change.CancelRequested(run, ++seq, by, why, now));
    }

    void task(TaskCell task, @Nullable String reason, Instant now) {
        var ended = task.state.terminal();
        var hasOutput =
                task.output != null
                        && (task.state == TaskState.SUCCESS
                                || task.state == TaskState.WAITING
                                || task.items != null
                                || task.repeating);
        changes.add(
                new Change.TaskChanged(
                        run,
                        ++seq,
                        task.id(),
                        task.state,
                        task.attempt,
                        task.lost,
                        reason,
                        task.dueAt,
                        task.startedAt,
                        ended ? now : null,
                        task.error,
                        hasOutput,
                        task.outputKept,
                        hasOutput ? task.output : null,
                        task.state == TaskState.WAITING ? TaskDetail.awaits(task) : null,
                        TaskDetail.of(task),
                        now));
    }

    /// Keeps the task's output for later runs, where it is to be kept.
    void cached(TaskCell task, String workflow, Instant now) {
        var cache = task.spec.cache();
        if (cache != null && task.cacheKey != null) {
            changes.add(
                    new Change.StepCached(
                            workflow,
                            task.spec.id(),
                            task.cacheKey,
                            task.output,
                            run,
                            now,
                            now.plus(cache.ttl())));
        }
    }

    /// Whatever the run's tasks have of pools is given back.
    void poolsLeft() {
        changes.add(new Change.PoolsLeft(run));
    }

    void poolLeft(TaskCell task, String pool) {
        changes.add(new Change.PoolLeft(pool, run, task.id()));
        commands.add(new Command.PoolFreed(pool));
    }

    void then(Command command) {
        commands.add(command);
    }

    /// All since the last call.
    Step step() {
        var step = new Step(List.copyOf(changes), List.copyOf(commands));
        changes.clear();
        commands.clear();
        return step;
    }
}
