package dev.leat.engine;

import dev.leat.store.Operation;
import dev.leat.store.TaskState;
import dev.leat.task.Refusal;
import dev.leat.task.TaskError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a task is to have ended, as somebody says.
///
/// @param state SUCCESS, FAILED or SKIPPED
/// @param output with SUCCESS only; null for none
/// @param message with FAILED only; null for one of ours
/// @param sentence who says so, and why
record TaskMark(
        TaskState state, @Nullable Object output, @Nullable String message, String sentence) {

    private static final String CODE = "marked";

    /// As an operation keeps it.
    static TaskMark of(Operation operation) {
        var details = operation.details();
        var state = TaskState.valueOf(String.valueOf(details.get("state")));
        return new TaskMark(
                state,
                details.get("output"),
                details.get("message") instanceof String text ? text : null,
                RunSteering.sentence("marked " + state, operation));
    }

    /// What an operation is to keep of it.
    Map<String, @Nullable Object> details() {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("state", state.name());
        if (output != null) {
            details.put("output", output);
        }
        if (message != null) {
            details.put("message", message);
        }
        return details;
    }

    @Nullable TaskError error() {
        if (state != TaskState.FAILED) {
            return null;
        }
        return TaskError.permanent(CODE, message == null ? sentence : message);
    }

    /// @param state as somebody wrote it
    /// @throws Refusal.Invalid for another state, and for an output or a message that doesn't go
    /// with it
    static TaskMark checked(
            String task,
            String state,
            @Nullable Object output,
            @Nullable String message,
            String who,
            @Nullable String why) {
        var known =
                switch (state.strip().toUpperCase(Locale.ROOT)) {
                    case "SUCCESS" -> TaskState.SUCCESS;
                    case "FAILED" -> TaskState.FAILED;
                    case "SKIPPED" -> TaskState.SKIPPED;
                    default ->
                            throw invalid(
                                    "Task '%s' can be marked SUCCESS, FAILED or SKIPPED, not '%s'.",
                                    task, state);
                };
        if (output != null && known != TaskState.SUCCESS) {
            throw invalid("Task '%s': only SUCCESS has an output, %s has none.", task, known);
        }
        if (message != null && known != TaskState.FAILED) {
            throw invalid(
                    "Task '%s': only FAILED has a message, %s has none. Say why as the 'reason'.",
                    task, known);
        }
        return new TaskMark(
                known, output, message, RunSteering.sentence("marked " + known, who, why));
    }

    private static Refusal.Invalid invalid(String sentence, Object... values) {
        return new Refusal.Invalid(sentence.formatted(values), List.of());
    }
}
