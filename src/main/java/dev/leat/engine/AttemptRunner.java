package dev.leat.engine;

import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.store.WaitStore;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.workflow.TaskSpec;
import dev.leat.workflow.expression.ExpressionException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One attempt with what the engine does around it: looks whether its output is kept from an
/// earlier run, and carries out what its type asks of the engine (a signal to send, a run to
/// start). What reads or writes the database is done by other threads than the attempt's, which may
/// be interrupted.
@ApplicationScoped
class AttemptRunner {

    private static final Duration BEFORE_TRYING_AGAIN = Duration.ofMillis(200);

    private final TaskRunner tasks;
    private final WaitStore waits;
    private final Answers answers;
    private final InstantSource clock;
    private volatile @Nullable Children children;

    AttemptRunner(TaskRunner tasks, WaitStore waits, Answers answers, InstantSource clock) {
        this.tasks = tasks;
        this.waits = waits;
        this.answers = answers;
        this.clock = clock;
    }

    void children(Children starter) {
        children = starter;
    }

    Children children() {
        var known = children;
        if (known == null) {
            throw new IllegalStateException("nobody starts runs for tasks");
        }
        return known;
    }

    /// @throws InterruptedException where the attempt was stopped from outside
    Outcome perform(RunFacts run, Attempt attempt, RunContext context) throws InterruptedException {
        var task = attempt.task;
        if (task.spec.cache() != null) {
            var kept = fromCache(run, task, task.spec.cache(), context);
            if (kept != null) {
                return kept;
            }
        }
        var outcome = tasks.perform(run, attempt, context.of(task));
        return switch (outcome) {
            case Outcome.Signalling signalling -> send(run, task, signalling);
            case Outcome.Awaiting waiting when waiting.awaited() instanceof Awaited.Run child ->
                    patiently(() -> children().prepare(parent(run, task, context), waiting, child));
            case Outcome.Succeeded _, Outcome.Failed _, Outcome.Waiting _, Outcome.Awaiting _ ->
                    outcome;
        };
    }

    static Children.Parent parent(RunFacts run, TaskCell task, RunContext context) {
        var depth =
                context.root("trigger") instanceof Map<?, ?> trigger
                                && trigger.get("depth") instanceof Number above
                        ? above.intValue()
                        : 0;
        return new Children.Parent(run.id(), task.id(), depth, run.workflow());
    }

    private Outcome send(RunFacts run, TaskCell task, Outcome.Signalling signalling)
            throws InterruptedException {
        var by = "run " + Ids.text(run.id()) + ", task " + task.id();
        var count =
                patiently(
                        () ->
                                answers.send(
                                        signalling.signal(),
                                        signalling.payload(),
                                        by,
                                        signalling.keep()));
        return Outcome.succeeded(Map.of("delivered", (long) count));
    }

    /// @return null where nothing is kept, or not for long enough
    private @Nullable Outcome fromCache(
            RunFacts run, TaskCell task, TaskSpec.Cache cache, RunContext context)
            throws InterruptedException {
        String key;
        try {
            key = key(task, cache.key().evaluate(context.of(task)));
        } catch (ExpressionException broken) {
            return Outcome.failed(
                    TaskError.permanent(broken.code(), "cache.key: " + broken.getMessage()));
        }
        var now = clock.instant();
        var found = patiently(() -> waits.cached(run.workflow(), task.spec.id(), key, now));
        if (found.isEmpty()) {
            task.cacheKey = key;
            return null;
        }
        task.cachedFrom = Ids.text(found.get().run());
        return Outcome.succeeded(found.get().output());
    }

    /// A task whose definition is another one has other outputs.
    private static String key(TaskCell task, @Nullable Object key) {
        var environment = new TreeMap<String, @Nullable Object>();
        task.spec.env().forEach((name, value) -> environment.put(name, value.source()));
        var what =
                task.spec.type()
                        + Json.write(task.spec.with().source())
                        + (environment.isEmpty() ? "" : Json.write(environment));
        return Payload.hash(what + Json.write(key));
    }

    /// The database may be away, which is no failure of the task. What was refused because of it
    /// has left nothing behind, so it is tried again. The attempt's timeout bounds that.
    private static <T> T patiently(Supplier<T> work) throws InterruptedException {
        while (true) {
            try {
                return elsewhere(work);
            } catch (RuntimeException trouble) {
                if (!Trouble.passes(trouble)) {
                    throw trouble;
                }
                Thread.sleep(BEFORE_TRYING_AGAIN);
            }
        }
    }

    private static <T> T elsewhere(Supplier<T> work) throws InterruptedException {
        try {
            return CompletableFuture.supplyAsync(work, Thread::startVirtualThread).get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(failure.getCause());
        }
    }
}
