package dev.leat.engine;

import dev.leat.store.Ids;
import dev.leat.task.Awaited;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What the tasks of one run wait for while the run is in memory: asks for what has come already,
/// starts the runs that they wait for, and listens for the rest.
final class ExecutionWaits {

    private static final Logger LOG = Logger.getLogger(ExecutionWaits.class);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final RunExecution execution;
    private final RunContext context;
    private final EngineParts parts;
    private final Alarms alarms;
    private final AtomicInteger looking = new AtomicInteger();

    /// Which revision of each workflow the run's children are of.
    private final Map<String, Integer> revisions = new ConcurrentHashMap<>();

    ExecutionWaits(RunExecution execution, RunContext context, EngineParts parts, Alarms alarms) {
        this.execution = execution;
        this.context = context;
        this.parts = parts;
        this.alarms = alarms;
    }

    /// A task has begun to wait, or was taken up while it does.
    void await(TaskCell task, int attempt, Awaited awaited) {
        if (awaited instanceof Awaited.Run child) {
            parts.threads().execute(() -> patiently(() -> await(task, attempt, child)));
        } else {
            look(task, attempt, awaited);
        }
    }

    /// Something may have come for it. Until that is known, the run doesn't fall asleep.
    void look(TaskCell task, int attempt, Awaited awaited) {
        if (!(awaited instanceof Awaited.Run)) {
            looking.incrementAndGet();
            parts.threads().execute(() -> patiently(() -> lookNow(task, attempt, awaited)));
        }
    }

    /// Answers may have come for tasks of this run.
    void lookForAnswers() {
        execution.awaiting().forEach(each -> look(each.task(), each.attempt(), each.awaited()));
    }

    private void lookNow(TaskCell task, int attempt, Awaited awaited) {
        var run = execution.run().id();
        var given = parts.answers().look(run, task.id(), attempt, awaited);
        var late = given.isEmpty() && execution.isOverdue(task, attempt);
        if (late) {
            given = parts.answers().close(run, task.id(), attempt, awaited);
        }
        if (given.isPresent()) {
            answered(task, attempt, given.get());
            looking.decrementAndGet();
        } else {
            // Only once no answer is taken any more: none is acknowledged that doesn't count.
            if (late) {
                execution.move((m, now) -> m.unanswered(task, attempt, now));
            }
            looking.decrementAndGet();
            execution.sleepIfIdle();
        }
    }

    /// Whether something may have come of which the run doesn't know yet.
    boolean looking() {
        return looking.get() > 0;
    }

    /// Which revision of a workflow the run's children are of; 0 where it has none yet.
    int revisionOfChildren(String workflow) {
        return revisions.getOrDefault(workflow, 0);
    }

    /// The run's children are of this revision from now on, unless they are of another already.
    ///
    /// @return the one that they are of
    int pinRevisionOfChildren(String workflow, int revision) {
        var earlier = revisions.putIfAbsent(workflow, revision);
        return earlier == null ? revision : earlier;
    }

    void stop(@Nullable String child, String why) {
        if (child != null) {
            patiently(() -> parts.runner().children().stop(child, why));
        }
    }

    private void await(TaskCell task, int attempt, Awaited.Run child) {
        revisions.putIfAbsent(child.workflow(), child.revision());
        var parent = AttemptRunner.parent(execution.run(), task, context);
        var ended = parts.runner().children().whenEnded(parent, child);
        // Whoever wanted it to end before it was there found nothing to stop.
        if (execution.abandons(task)) {
            stop(child.run(), "the task that started it was stopped");
        }
        ended.thenAccept(given -> answered(task, attempt, given))
                .exceptionally(
                        trouble -> {
                            later(() -> await(task, attempt, child), trouble);
                            return null;
                        });
    }

    private void answered(TaskCell task, int attempt, Answers.Given given) {
        execution.move((m, now) -> m.answered(task, attempt, given.outcome(), given.reason(), now));
    }

    /// The database may be away for a while; what is waited for isn't lost by that.
    private void patiently(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException away) {
            later(() -> patiently(action), away);
        }
    }

    private void later(Runnable action, Throwable trouble) {
        if (!execution.isGiven()) {
            LOG.warnf(
                    trouble,
                    "Run %s can't find out what its tasks wait for; it tries again",
                    Ids.text(execution.run().id()));
            alarms.at(parts.clock().instant().plus(AFTER_TROUBLE), action);
        }
    }
}
