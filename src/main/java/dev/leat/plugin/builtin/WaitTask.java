package dev.leat.plugin.builtin;

import dev.leat.plugin.BuiltIn;
import dev.leat.plugin.TaskType;
import dev.leat.plugin.TaskTypes;
import dev.leat.task.Durations;
import dev.leat.task.Outcome;
import dev.leat.task.TaskContext;
import dev.leat.task.TaskError;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/// Waits for a while, or until a moment, holding no thread meanwhile.
@Singleton
class WaitTask implements BuiltIn {

    private final TaskType type = TaskTypes.builtIn("wait", TaskTypes.JAVA);

    @Override
    public TaskType type() {
        return type;
    }

    @Override
    public Outcome perform(TaskContext context) {
        Instant until;
        try {
            until = end(context);
        } catch (IllegalArgumentException | DateTimeException e) {
            return Outcome.failed(
                    TaskError.permanent("parameters", String.valueOf(e.getMessage())));
        }
        var shown = until.truncatedTo(ChronoUnit.SECONDS);
        return new Outcome.Waiting(until, "until " + shown, Map.of("until", until.toString()));
    }

    private static Instant end(TaskContext context) {
        var parameters = context.parameters();
        if (parameters.get("until") instanceof String moment) {
            return moment(moment);
        }
        if (parameters.get("duration") instanceof String duration) {
            return context.clock().instant().plus(Durations.parse(duration));
        }
        throw new IllegalArgumentException("'wait' needs either 'duration' or 'until'.");
    }

    private static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'%s' is no moment; write one such as 2026-12-24T18:00:00Z or 2026-12-24T18:00:00+01:00."
                            .formatted(text),
                    e);
        }
    }
}
