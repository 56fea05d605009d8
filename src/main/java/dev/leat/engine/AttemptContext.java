package dev.leat.engine;

import dev.leat.store.DataDirectory;
import dev.leat.store.Ids;
import dev.leat.task.TaskContext;
import dev.leat.task.TaskLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one attempt is given.
final class AttemptContext implements TaskContext, AutoCloseable {

    private static final long BETWEEN_PROGRESS = Duration.ofMillis(500).toNanos();

    private final RunFacts run;
    private final Attempt attempt;
    private final Map<String, @Nullable Object> parameters;
    private final Map<String, String> environment;
    private final TaskLog log;
    private final int largestOutput;
    private final InstantSource clock;
    private final DataDirectory directory;
    private @Nullable Path workingDirectory;
    private long lastPercent = -1;
    private long lastProgress;

    AttemptContext(
            RunFacts run,
            Attempt attempt,
            Map<String, @Nullable Object> parameters,
            Map<String, String> environment,
            TaskLog log,
            int largestOutput,
            InstantSource clock,
            DataDirectory directory) {
        this.run = run;
        this.attempt = attempt;
        this.parameters = parameters;
        this.environment = environment;
        this.log = log;
        this.largestOutput = largestOutput;
        this.clock = clock;
        this.directory = directory;
    }

    @Override
    public String runId() {
        return Ids.text(run.id());
    }

    @Override
    public String workflow() {
        return run.workflow();
    }

    @Override
    public String taskId() {
        return attempt.task.id();
    }

    @Override
    public int attempt() {
        return attempt.number;
    }

    @Override
    public String idempotencyKey() {
        var repetition = attempt.task.repetition;
        return runId() + "-" + taskId() + (repetition == 0 ? "" : "-" + repetition);
    }

    @Override
    public long fence() {
        return run.fence();
    }

    @Override
    public Map<String, @Nullable Object> parameters() {
        return parameters;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public synchronized Path workingDirectory() {
        if (workingDirectory == null) {
            try {
                workingDirectory =
                        AttemptFolder.make(
                                directory.path().resolve("work").resolve(runId()),
                                taskId() + "." + attempt() + ".");
            } catch (IOException failure) {
                throw new UncheckedIOException(
                        "no folder can be made for task '%s': %s"
                                .formatted(taskId(), failure.getMessage()),
                        failure);
            }
        }
        return workingDirectory.toAbsolutePath();
    }

    @Override
    public TaskLog log() {
        return log;
    }

    @Override
    public int largestOutput() {
        return largestOutput;
    }

    @Override
    public synchronized void progress(double fraction, String note) {
        var percent = Math.round(100 * Math.clamp(fraction, 0, 1));
        var now = System.nanoTime();
        if (percent == lastPercent
                || percent < 100 && lastPercent >= 0 && now - lastProgress < BETWEEN_PROGRESS) {
            return;
        }
        lastPercent = percent;
        lastProgress = now;
        log.info(note.isEmpty() ? percent + " %" : percent + " % " + note);
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    /// Deletes the working directory, if there is one.
    @Override
    public synchronized void close() {
        if (workingDirectory != null) {
            AttemptFolder.delete(workingDirectory);
        }
    }
}
