package dev.leat.engine.simulation;

import dev.leat.engine.VirtualRun.Call;
import dev.leat.task.LogKind;
import dev.leat.task.TaskContext;
import dev.leat.task.TaskLog;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an attempt is given that has no effects.
record SimulatedContext(Call call, InstantSource clock) implements TaskContext {

    private static final TaskLog NOWHERE = (LogKind kind, String text) -> {};

    @Override
    public String runId() {
        return "test";
    }

    @Override
    public String workflow() {
        return "test";
    }

    @Override
    public String taskId() {
        return call.spec().id();
    }

    @Override
    public int attempt() {
        return call.attempt();
    }

    @Override
    public String idempotencyKey() {
        return runId() + "-" + taskId();
    }

    @Override
    public long fence() {
        return 1;
    }

    @Override
    public Map<String, @Nullable Object> parameters() {
        return call.parameters();
    }

    @Override
    public Map<String, String> environment() {
        return call.environment();
    }

    @Override
    public Path workingDirectory() {
        throw new UnsupportedOperationException("a test has no folders");
    }

    @Override
    public TaskLog log() {
        return NOWHERE;
    }

    @Override
    public void progress(double fraction, String note) {}
}
