package dev.leat.plugin.builtin;

import dev.leat.task.Durations;
import dev.leat.task.TaskContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// Moments as parameters name them: as such, or as so long from now.
final class Deadline {

    private Deadline() {}

    /// @return null where the task has none
    /// @throws IllegalArgumentException with what is wrong
    static @Nullable Instant of(TaskContext context) {
        if (!(context.parameters().get("deadline") instanceof String text)) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException noMoment) {
            return context.clock().instant().plus(Durations.parse(text));
        }
    }

    /// For people; nothing where there is none.
    static String words(@Nullable Instant deadline) {
        return deadline == null ? "" : ", until " + deadline;
    }
}
