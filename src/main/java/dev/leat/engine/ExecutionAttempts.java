package dev.leat.engine;

import dev.leat.engine.RetryGuard.TryAgain;
import dev.leat.store.Ids;
import dev.leat.store.TaskState;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The attempts that this process makes of one run's tasks: performs them on threads of their own,
/// tells them to end, and reports how they ended.
final class ExecutionAttempts {

    private static final Logger LOG = Logger.getLogger(ExecutionAttempts.class);

    private static final Outcome INTERRUPTED =
            Outcome.failed(
                    TaskError.transientFailure(
                            "interrupted", "the task ended by an interrupt that nobody here sent"));

    private final RunExecution execution;
    private final RunContext context;
    private final EngineParts parts;
    private final Alarms alarms;
    private final Map<TaskCell, Attempt> running = new ConcurrentHashMap<>();
    private final Map<TaskCell, CompletableFuture<Void>> retrying = new ConcurrentHashMap<>();

    ExecutionAttempts(
            RunExecution execution, RunContext context, EngineParts parts, Alarms alarms) {
        this.execution = execution;
        this.context = context;
        this.parts = parts;
        this.alarms = alarms;
    }

    /// Whether any runs.
    boolean any() {
        return !running.isEmpty();
    }

    void perform(TaskCell task, int number) {
        var attempt = new Attempt(task, number);
        running.put(task, attempt);
        if (execution.isGiven()) {
            // Whoever let go of the run may have stopped its attempts before this one was there.
            attempt.stop("this process has let go of the run");
        }
        if (task.spec.retry().maxAttempts() <= 1 || retrying.containsKey(task)) {
            parts.threads().execute(() -> run(attempt));
        } else {
            parts.threads().execute(() -> parts.retries().carry(() -> oneOfSeveral(attempt)));
        }
    }

    /// The first call performs the attempt that the loop began with; each later one comes when a
    /// wait is over.
    private CompletableFuture<Void> oneOfSeveral(Attempt first) {
        var task = first.task;
        var done = new CompletableFuture<Void>();
        if (running.get(task) == first) {
            retrying.put(task, done);
            parts.threads().execute(() -> run(first));
        } else if (task.state == TaskState.RETRYING) {
            retrying.put(task, done);
            due(task);
        } else {
            done.complete(null);
        }
        return done;
    }

    void retryAfter(TaskCell task, Duration delay) {
        var loop = retrying.remove(task);
        if (loop != null) {
            loop.completeExceptionally(new TryAgain(delay));
        } else {
            // It was taken up while it waited, and no loop of this process has begun it.
            alarms.at(parts.clock().instant().plus(delay), () -> due(task));
        }
    }

    /// The time of a retry or a wait has come.
    void due(TaskCell task) {
        execution.move((m, now) -> m.due(task, now));
    }

    void stop(TaskCell task, int number, String why) {
        var attempt = running.get(task);
        if (attempt != null && attempt.number == number) {
            attempt.stop(why);
        }
    }

    void stopAll(String why) {
        running.values().forEach(attempt -> attempt.stop(why));
    }

    /// No further attempt is made here.
    void endLoops() {
        retrying.values().forEach(loop -> loop.complete(null));
    }

    private void run(Attempt attempt) {
        var task = attempt.task;
        Outcome outcome = null;
        try {
            if (attempt.begin()) {
                outcome = parts.runner().perform(execution.run(), attempt, context);
            }
        } catch (InterruptedException stopped) {
            // Said by whoever stopped it, below.
        } catch (RuntimeException | Error bug) {
            LOG.errorf(
                    bug,
                    "Task '%s' of run %s failed in the engine",
                    task.id(),
                    Ids.text(execution.run().id()));
            outcome =
                    Outcome.failed(
                            TaskError.transientFailure(
                                            "engine", "the engine failed; its log says more")
                                    .causedBy(bug));
        } finally {
            attempt.end();
            running.remove(task, attempt);
        }
        report(attempt, outcome);
    }

    private void report(Attempt attempt, @Nullable Outcome outcome) {
        var task = attempt.task;
        var why = attempt.stopping();
        execution.moveFromSlot(
                (m, now) -> {
                    if (why == null) {
                        return m.finished(
                                task, attempt.number, outcome == null ? INTERRUPTED : outcome, now);
                    }
                    return outcome instanceof Outcome.Succeeded
                            ? m.finished(task, attempt.number, outcome, now)
                            : m.stopped(task, attempt.number, why, now);
                });
        if (task.state.terminal()) {
            var loop = retrying.remove(task);
            if (loop != null) {
                loop.complete(null);
            }
        }
    }
}
