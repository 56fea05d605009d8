package dev.leat.engine;

import dev.leat.plugin.RegisteredTask;
import dev.leat.plugin.TaskRegistry;
import dev.leat.store.Change;
import dev.leat.store.DataDirectory;
import dev.leat.store.Journal;
import dev.leat.store.Json;
import dev.leat.store.RunLogs;
import dev.leat.store.RunLogs.AttemptLog;
import dev.leat.task.LogKind;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.workflow.Schemas;
import dev.leat.workflow.TaskSpec;
import dev.leat.workflow.expression.ExpressionException;
import dev.leat.workflow.expression.Template;
import io.smallrye.faulttolerance.api.TypedGuard;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jboss.logging.Logger;

/// Performs one attempt: evaluates the parameters, validates them against the type's schema,
/// dispatches to the type's code, holds it to its timeout, and turns whatever comes of it into an
/// [Outcome].
@ApplicationScoped
class TaskRunner {

    private static final Logger LOG = Logger.getLogger(TaskRunner.class);
    private static final int LARGE_OUTPUT = 64 * 1024;

    private final TaskRegistry registry;
    private final Schemas schemas;
    private final RunLogs logs;
    private final InstantSource clock;
    private final DataDirectory directory;
    private final EngineConfig config;
    private final Journal journal;
    private final Map<Duration, TypedGuard<Outcome>> guards = new ConcurrentHashMap<>();

    TaskRunner(
            TaskRegistry registry,
            Schemas schemas,
            RunLogs logs,
            InstantSource clock,
            DataDirectory directory,
            EngineConfig config,
            Journal journal) {
        this.registry = registry;
        this.schemas = schemas;
        this.logs = logs;
        this.clock = clock;
        this.directory = directory;
        this.config = config;
        this.journal = journal;
    }

    /// @throws InterruptedException where the attempt was stopped from outside
    Outcome perform(RunFacts run, Attempt attempt, Template.Scope scope)
            throws InterruptedException {
        try (var log = logs.open(run.id(), attempt.task.id(), attempt.number)) {
            var outcome = perform(run, attempt, scope, log);
            if (outcome instanceof Outcome.Failed(var error)) {
                log.append(LogKind.ERROR, error.code() + ": " + error.message());
                error.causes().forEach(cause -> log.append(LogKind.ERROR, "caused by " + cause));
            }
            return outcome;
        }
    }

    private Outcome perform(RunFacts run, Attempt attempt, Template.Scope scope, AttemptLog log)
            throws InterruptedException {
        var spec = attempt.task.spec;
        var registered = registry.find(spec.type());
        if (registered.isEmpty()) {
            return Outcome.failed(AttemptInput.unknown(spec.type()));
        }
        AttemptInput input;
        try {
            input = AttemptInput.of(spec, scope);
        } catch (ExpressionException broken) {
            return Outcome.failed(
                    TaskError.permanent(broken.code(), String.valueOf(broken.getMessage())));
        }
        var refused = input.refusedBy(registered.get().type(), schemas);
        if (refused.isPresent()) {
            return Outcome.failed(refused.get());
        }
        try (var context =
                new AttemptContext(
                        run,
                        attempt,
                        input.parameters(),
                        input.environment(),
                        log,
                        config.maxOutputBytes(),
                        clock,
                        directory)) {
            return kept(run, attempt, dispatch(registered.get(), spec, context));
        }
    }

    private Outcome dispatch(RegisteredTask registered, TaskSpec spec, AttemptContext context)
            throws InterruptedException {
        try {
            if (spec.timeout() == null) {
                return registered.task().perform(context);
            }
            return guard(spec.timeout()).call(() -> registered.task().perform(context));
        } catch (TimeoutException late) {
            var limit = spec.timeout() == null ? Duration.ZERO : spec.timeout();
            return Outcome.failed(AttemptInput.late(limit));
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError thrown) {
            LOG.debugf(thrown, "Task %s of run %s threw", context.taskId(), context.runId());
            var sentence =
                    thrown.getMessage() == null
                            ? thrown.getClass().getSimpleName()
                            : thrown.getMessage();
            return Outcome.failed(
                    TaskError.transientFailure("task.exception", sentence).causedBy(thrown));
        }
    }

    private TypedGuard<Outcome> guard(Duration timeout) {
        return guards.computeIfAbsent(
                timeout,
                limit ->
                        TypedGuard.create(Outcome.class)
                                .withDescription("attempt of at most " + limit)
                                .withTimeout()
                                .duration(Math.max(1, limit.toMillis()), ChronoUnit.MILLIS)
                                .done()
                                .build());
    }

    /// Refuses what can't be kept. A large output is put on disk here, by the attempt's own thread,
    /// so that the change that tells of it is as small as any other.
    private Outcome kept(RunFacts run, Attempt attempt, Outcome outcome) {
        var output =
                switch (outcome) {
                    case Outcome.Succeeded(var value) -> value;
                    case Outcome.Waiting waiting -> waiting.output();
                    case Outcome.Signalling signalling -> signalling.payload();
                    case Outcome.Failed _, Outcome.Awaiting _ -> null;
                };
        if (output == null || output instanceof Boolean || output instanceof Number) {
            return outcome;
        }
        try {
            var json = Json.write(output);
            var size = Utf8.length(json);
            if (size > config.maxOutputBytes()) {
                return Outcome.failed(tooLarge(size));
            }
            if (size > LARGE_OUTPUT && !(outcome instanceof Outcome.Signalling)) {
                var large = new Change.OutputKept(run.id(), attempt.task.id(), json);
                Writes.await(journal.write(List.of(large), run.node()));
                attempt.task.outputKept = true;
            }
            return outcome;
        } catch (IllegalArgumentException | StackOverflowError unwritable) {
            return Outcome.failed(
                    TaskError.permanent(
                            "output-invalid",
                            "the output can't be written as JSON: " + unwritable.getMessage()));
        }
    }

    private TaskError tooLarge(long size) {
        return TaskError.permanent(
                "output-too-large",
                "the output has %,d bytes and at most %,d are kept; write it to a file and give its path (leat.engine.max-output-bytes)"
                        .formatted(size, config.maxOutputBytes()));
    }
}
