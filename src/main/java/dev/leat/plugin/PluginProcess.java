package dev.leat.plugin;

import dev.leat.plugin.process.Launch;
import dev.leat.plugin.process.ProcessLauncher;
import dev.leat.store.Json;
import dev.leat.task.Outcome;
import dev.leat.task.Task;
import dev.leat.task.TaskContext;
import dev.leat.task.TaskError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A task type of a plugin: each attempt is one process of its program, which reads one line of
/// JSON and answers with lines of it.
///
/// @param command whole: program and files are found
record PluginProcess(
        ProcessLauncher launcher,
        String plugin,
        TaskType type,
        List<String> command,
        Map<String, String> environment)
        implements Task {

    static final int PROTOCOL = 1;

    /// What stands around the output in a message, at most.
    private static final int LONGEST_FRAME = 1024;

    private static final int LONGEST_VARIABLE = 8 * 1024;

    @Override
    public Outcome perform(TaskContext context) throws InterruptedException {
        var conversation = new PluginConversation(plugin, context);
        var launch =
                Launch.of(context, command)
                        .withEnvironment(environment)
                        .withEnvironment(asVariables(context.parameters()))
                        .withInput(Json.write(request(context)) + "\n")
                        .withLongestLine(context.largestOutput() + LONGEST_FRAME);
        try {
            return conversation.end(launcher.run(launch, conversation).exitCode());
        } catch (IOException | IllegalArgumentException e) {
            return Outcome.failed(
                    TaskError.permanent(
                                    "process.start",
                                    "The program of plugin '%s' can't be started: %s."
                                            .formatted(plugin, e.getMessage()))
                            .causedBy(e));
        }
    }

    /// So that a shell script needs no JSON parser: `LEAT_PARAMETER_FILE` for `file`, text as it is
    /// and other values as JSON. Long ones are only in the request, since an environment is small.
    private static Map<String, String> asVariables(Map<String, @Nullable Object> parameters) {
        var variables = new LinkedHashMap<String, String>();
        parameters.forEach(
                (name, value) -> {
                    var text = value instanceof String it ? it : Json.write(value);
                    if (text.length() <= LONGEST_VARIABLE && text.indexOf('\0') < 0) {
                        variables.put("LEAT_PARAMETER_" + variableName(name), text);
                    }
                });
        return variables;
    }

    private static String variableName(String parameter) {
        return parameter.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private Map<String, @Nullable Object> request(TaskContext context) {
        var request = new LinkedHashMap<String, @Nullable Object>();
        request.put("protocol", (long) PROTOCOL);
        request.put("type", type.name());
        request.put("version", (long) type.version());
        request.put("parameters", context.parameters());
        request.put("run", context.runId());
        request.put("workflow", context.workflow());
        request.put("task", context.taskId());
        request.put("attempt", (long) context.attempt());
        request.put("idempotencyKey", context.idempotencyKey());
        request.put("fence", context.fence());
        request.put("baseDirectory", Path.of("").toAbsolutePath().toString());
        return request;
    }
}
