package dev.leat.plugin.builtin;

import dev.leat.plugin.BuiltIn;
import dev.leat.plugin.TaskType;
import dev.leat.plugin.TaskTypes;
import dev.leat.plugin.process.ExitFailure;
import dev.leat.plugin.process.Launch;
import dev.leat.plugin.process.OutputLine;
import dev.leat.plugin.process.OutputListener;
import dev.leat.plugin.process.ProcessLauncher;
import dev.leat.plugin.process.Tail;
import dev.leat.store.Json;
import dev.leat.task.LogKind;
import dev.leat.task.Outcome;
import dev.leat.task.TaskContext;
import dev.leat.task.TaskError;
import dev.leat.task.TaskLog;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs a command line through a shell, or a program with its arguments without one.
@Singleton
class ShellTask implements BuiltIn {

    private static final int KEPT_STDOUT = 64 * 1024;
    private static final int KEPT_STDERR = 2 * 1024;

    private final TaskType type = TaskTypes.builtIn("shell", TaskTypes.PROCESS);
    private final ProcessLauncher launcher;

    ShellTask(ProcessLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public TaskType type() {
        return type;
    }

    @Override
    public Outcome perform(TaskContext context) throws InterruptedException {
        var result = new ResultFile(context.workingDirectory(), context.largestOutput());
        var stdout = new Tail(KEPT_STDOUT);
        var stderr = new Tail(KEPT_STDERR);
        int exitCode;
        try {
            var listener = new Listener(context.log(), stdout, stderr);
            exitCode = launcher.run(launch(context, result), listener).exitCode();
        } catch (IOException | IllegalArgumentException e) {
            return Outcome.failed(cannotStart(e));
        }
        return successCodes(context).contains((long) exitCode)
                ? succeeded(exitCode, stdout, result)
                : Outcome.failed(ExitFailure.of("The command", exitCode, stderr));
    }

    private Launch launch(TaskContext context, ResultFile result) throws IOException {
        var launch =
                Launch.of(context, command(context.parameters()))
                        .withEnvironment(environment(context.parameters()))
                        .withEnvironment(Map.of(ResultFile.VARIABLE, result.path().toString()));
        if (context.parameters().get("stdin") instanceof Object input) {
            launch = launch.withInput(text(input));
        }
        if (context.parameters().get("cwd") instanceof String cwd) {
            launch = launch.in(directory(cwd));
        }
        return launch;
    }

    private static Path directory(String cwd) throws IOException {
        var directory = Path.of(cwd).toAbsolutePath().normalize();
        if (!Files.isDirectory(directory)) {
            throw new IOException("'cwd' names " + directory + ", which is no directory");
        }
        return directory;
    }

    private static List<String> command(Map<String, @Nullable Object> parameters) {
        if (parameters.get("args") instanceof List<?> args) {
            return args.stream().<String>map(String::valueOf).toList();
        }
        if (parameters.get("command") instanceof String command) {
            var shell = String.valueOf(parameters.getOrDefault("shell", "/bin/sh"));
            return List.of(shell, "-c", command);
        }
        throw new IllegalArgumentException("'shell' needs either 'command' or 'args'");
    }

    private static Map<String, String> environment(Map<String, @Nullable Object> parameters) {
        var environment = new LinkedHashMap<String, String>();
        if (parameters.get("env") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> environment.put(String.valueOf(name), text(value)));
        }
        return environment;
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : Json.write(value);
    }

    private static List<?> successCodes(TaskContext context) {
        return context.parameters().get("successExitCodes") instanceof List<?> codes
                ? codes
                : List.of(0L);
    }

    private static Outcome succeeded(int exitCode, Tail stdout, ResultFile result) {
        var output = new LinkedHashMap<String, @Nullable Object>();
        output.put("exitCode", (long) exitCode);
        output.put("stdout", stdout.text());
        try {
            output.put("result", result.read());
        } catch (ResultFile.Unusable e) {
            return Outcome.failed(e.error());
        }
        return Outcome.succeeded(output);
    }

    private static TaskError cannotStart(Exception problem) {
        return TaskError.permanent(
                        "process.start",
                        "The command can't be started: %s.".formatted(problem.getMessage()))
                .causedBy(problem);
    }

    /// Everything goes to the log, and the end of each stream is remembered beside it.
    private record Listener(TaskLog log, Tail stdout, Tail stderr) implements OutputListener {

        @Override
        public void line(OutputLine line) {
            log.append(line.stream(), line.text());
            tail(line.stream()).add(line.text());
        }

        @Override
        public void lines(LogKind stream, byte[] bytes, int from, int to) {
            log.appendLines(stream, bytes, from, to);
            tail(stream).add(bytes, from, to);
        }

        private Tail tail(LogKind stream) {
            return stream == LogKind.STDOUT ? stdout : stderr;
        }
    }
}
