package dev.leat.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why an attempt failed: what `retryOn`, `abortOn` and `onFailure` look at, and what people read.
///
/// @param code stable, dotted, lower case, and the contract of retry rules: `timeout`, `http.503`,
/// `exit.2`, `expression`, `parameters`, `output-too-large`, `task.exception`, …
/// @param message one sentence that names the thing and, where there is one, the remedy
/// @param retryable whether another try may help, where the workflow doesn't say
/// @param retryAfter how long the other side asked us to wait, as with HTTP's `Retry-After`
/// @param details facts for expressions, such as `status` or `exitCode`
/// @param causes what lies beneath, outermost first, each one sentence
public record TaskError(
        String code,
        String message,
        boolean retryable,
        @Nullable Duration retryAfter,
        Map<String, @Nullable Object> details,
        List<String> causes) {

    private static final int DEEPEST_CAUSE = 10;

    public TaskError {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        causes = List.copyOf(causes);
    }

    /// A failure that another try may mend.
    public static TaskError transientFailure(String code, String message) {
        return new TaskError(code, message, true, null, Map.of(), List.of());
    }

    /// A failure that will be the same next time.
    public static TaskError permanent(String code, String message) {
        return new TaskError(code, message, false, null, Map.of(), List.of());
    }

    public TaskError withDetails(Map<String, @Nullable Object> more) {
        var all = new LinkedHashMap<>(details);
        all.putAll(more);
        return new TaskError(code, message, retryable, retryAfter, all, causes);
    }

    public TaskError withRetryAfter(@Nullable Duration wait) {
        return new TaskError(code, message, retryable, wait, details, causes);
    }

    public TaskError causedBy(Throwable cause) {
        var chain = new ArrayList<>(causes);
        for (Throwable at = cause; at != null && chain.size() < DEEPEST_CAUSE; at = at.getCause()) {
            var sentence =
                    at.getClass().getSimpleName()
                            + (at.getMessage() == null ? "" : ": " + at.getMessage());
            chain.add(sentence);
        }
        return new TaskError(code, message, retryable, retryAfter, details, chain);
    }
}
