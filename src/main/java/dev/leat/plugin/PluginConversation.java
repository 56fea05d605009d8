package dev.leat.plugin;

import dev.leat.plugin.process.ExitFailure;
import dev.leat.plugin.process.OutputLine;
import dev.leat.plugin.process.OutputListener;
import dev.leat.plugin.process.Tail;
import dev.leat.store.Json;
import dev.leat.task.Durations;
import dev.leat.task.LogKind;
import dev.leat.task.Outcome;
import dev.leat.task.TaskContext;
import dev.leat.task.TaskError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a plugin's program says in one attempt: lines for the log, its progress, and one answer.
/// Whatever else it prints is logged as it is.
final class PluginConversation implements OutputListener {

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9][a-z0-9-]*)*");
    private static final Pattern ANSWER = Pattern.compile("^\\s*\\{\\s*\"(result|error)\"");
    private static final int KEPT_STDERR = 2 * 1024;
    private static final int KEPT_ANSWERS = 2;

    private final String plugin;
    private final TaskContext context;
    private final Tail stderr = new Tail(KEPT_STDERR);
    private final List<Outcome> answers = new ArrayList<>();
    private @Nullable TaskError spoiltAnswer;

    PluginConversation(String plugin, TaskContext context) {
        this.plugin = plugin;
        this.context = context;
    }

    @Override
    public synchronized void line(OutputLine line) {
        if (line.stream() == LogKind.STDERR) {
            stderr.add(line.text());
            context.log().append(LogKind.STDERR, line.text());
        } else if (!understood(line)) {
            context.log().append(LogKind.STDOUT, line.text());
        }
    }

    /// Only what may be a message is looked at line by line.
    @Override
    public synchronized void lines(LogKind stream, byte[] bytes, int from, int to) {
        if (stream == LogKind.STDERR) {
            stderr.add(bytes, from, to);
            context.log().appendLines(stream, bytes, from, to);
            return;
        }
        int plain = from;
        int start = from;
        while (start < to) {
            int end = lineFeed(bytes, start);
            if (bytes[start] == '{') {
                log(bytes, plain, start);
                line(OutputLine.whole(stream, bytes, start, end));
                plain = end + 1;
            }
            start = end + 1;
        }
        log(bytes, plain, to);
    }

    private void log(byte[] bytes, int from, int to) {
        if (to > from) {
            context.log().appendLines(LogKind.STDOUT, bytes, from, to);
        }
    }

    private static int lineFeed(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /// What came of it, once the program has ended.
    synchronized Outcome end(int exitCode) {
        if (answers.size() > 1) {
            return Outcome.failed(
                    TaskError.permanent(
                            "plugin.protocol",
                            "Plugin '%s' answered more than once; one result or one error is expected."
                                    .formatted(plugin)));
        }
        if (spoiltAnswer != null) {
            return Outcome.failed(spoiltAnswer);
        }
        if (!answers.isEmpty()) {
            if (exitCode != 0) {
                context.log()
                        .warn("The program answered, and then ended with exit code " + exitCode);
            }
            return answers.getFirst();
        }
        return Outcome.failed(
                exitCode == 0
                        ? TaskError.permanent(
                                "plugin.no-result",
                                "Plugin '%s' ended without a result; it should print {\"result\": …}."
                                        .formatted(plugin))
                        : ExitFailure.of("Plugin '" + plugin + "'", exitCode, stderr));
    }

    private boolean understood(OutputLine line) {
        if (!line.text().startsWith("{")) {
            return false;
        }
        if (line.cut()) {
            return tooLarge(line);
        }
        Map<String, @Nullable Object> message;
        try {
            message = Json.readObject(line.text());
        } catch (IllegalArgumentException e) {
            noteSpoilt(line, String.valueOf(e.getMessage()));
            return false;
        }
        if (message.containsKey("result") || message.containsKey("error")) {
            answer(message);
        } else if (message.containsKey("log")) {
            log(message);
        } else if (message.get("progress") instanceof Number fraction) {
            progress(fraction.doubleValue(), message.getOrDefault("note", ""));
        } else {
            return false;
        }
        return true;
    }

    /// More than two are as wrong as two, and a program may print answers for ever.
    private void answer(Map<String, @Nullable Object> message) {
        if (answers.size() < KEPT_ANSWERS) {
            answers.add(
                    message.containsKey("error")
                            ? Outcome.failed(error(message.get("error")))
                            : Outcome.succeeded(message.get("result")));
        }
        if (message.containsKey("error") && message.containsKey("result")) {
            spoiltAnswer =
                    TaskError.permanent(
                            "plugin.protocol",
                            "Plugin '%s' answered with a result and an error at once."
                                    .formatted(plugin));
        }
    }

    private TaskError error(@Nullable Object value) {
        var error = value instanceof Map<?, ?> map ? map : Map.of("message", Json.write(value));
        var message =
                value instanceof String text
                        ? text
                        : error.get("message") instanceof String text
                                ? text
                                : "Plugin '%s' failed and didn't say why.".formatted(plugin);
        var details = new LinkedHashMap<String, @Nullable Object>();
        if (error.get("details") instanceof Map<?, ?> given) {
            given.forEach((name, fact) -> details.put(String.valueOf(name), fact));
        }
        var code =
                Optional.ofNullable(error.get("code"))
                        .map(String::valueOf)
                        .filter(text -> CODE.matcher(text).matches())
                        .orElse("plugin.error");
        var retryable = Boolean.TRUE.equals(error.get("retryable"));
        return new TaskError(code, message, retryable, null, details, List.of())
                .withRetryAfter(retryAfter(error.get("retryAfter")));
    }

    private @Nullable Duration retryAfter(@Nullable Object value) {
        try {
            return value instanceof String text ? Durations.parse(text) : null;
        } catch (IllegalArgumentException e) {
            context.log().warn("The plugin's 'retryAfter' isn't used: " + e.getMessage());
            return null;
        }
    }

    private void log(Map<String, @Nullable Object> message) {
        var text =
                message.get("log") instanceof String line ? line : Json.write(message.get("log"));
        var kind =
                switch (String.valueOf(message.get("level"))) {
                    case "debug" -> LogKind.DEBUG;
                    case "warn", "warning" -> LogKind.WARN;
                    case "error" -> LogKind.ERROR;
                    default -> LogKind.INFO;
                };
        context.log().append(kind, text);
    }

    private void progress(double fraction, @Nullable Object note) {
        if (!Double.isNaN(fraction)) {
            context.progress(
                    Math.clamp(fraction, 0.0, 1.0), note instanceof String text ? text : "");
        }
    }

    private boolean tooLarge(OutputLine line) {
        if (ANSWER.matcher(line.text()).lookingAt()) {
            spoiltAnswer =
                    TaskError.permanent(
                            "output-too-large",
                            "Plugin '%s' answered with %,d bytes; %,d are allowed (leat.engine.max-output-bytes). Write the data to a file and answer with its name."
                                    .formatted(plugin, line.bytes(), context.largestOutput()));
        }
        return false;
    }

    private void noteSpoilt(OutputLine line, String problem) {
        if (ANSWER.matcher(line.text()).lookingAt()) {
            spoiltAnswer =
                    TaskError.permanent(
                            "plugin.protocol",
                            "The answer of plugin '%s' is no JSON: %s".formatted(plugin, problem));
        }
    }
}
