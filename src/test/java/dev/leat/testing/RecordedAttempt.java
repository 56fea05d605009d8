package dev.leat.testing;

import dev.leat.task.LogKind;
import dev.leat.task.TaskContext;
import dev.leat.task.TaskLog;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One attempt of a task without an engine, which remembers what the task told it.
public class RecordedAttempt implements TaskContext {

    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final Map<String, @Nullable Object> parameters;
    private final Path workingDirectory;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Line> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<String> progress = Collections.synchronizedList(new ArrayList<>());

    public RecordedAttempt(Path workingDirectory, Map<String, @Nullable Object> parameters) {
        this.workingDirectory = workingDirectory;
        this.parameters = parameters;
    }

    public RecordedAttempt withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /// The lines of one kind, joined.
    public String logged(LogKind kind) {
        return lines().stream()
                .filter(line -> line.kind == kind)
                .map(Line::text)
                .collect(Collectors.joining("\n"));
    }

    public List<String> progress() {
        return List.copyOf(progress);
    }

    @Override
    public String runId() {
        return "0ns3k7x2v9d4m";
    }

    @Override
    public String workflow() {
        return "sales.nightly-orders";
    }

    @Override
    public String taskId() {
        return "fetch";
    }

    @Override
    public int attempt() {
        return 2;
    }

    @Override
    public String idempotencyKey() {
        return "0ns3k7x2v9d4m-fetch";
    }

    @Override
    public long fence() {
        return 7;
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
    public Path workingDirectory() {
        return workingDirectory;
    }

    @Override
    public TaskLog log() {
        return (kind, text) -> lines.add(new Line(kind, text));
    }

    @Override
    public void progress(double fraction, String note) {
        progress.add(fraction + " " + note);
    }

    @Override
    public InstantSource clock() {
        return InstantSource.fixed(NOW);
    }

    public record Line(LogKind kind, String text) {}
}
