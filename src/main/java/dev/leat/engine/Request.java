package dev.leat.engine;

import dev.leat.store.Operation;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who asks for something, and why.
///
/// @param via the door they came by: `api`, `cli`, `dashboard`
/// @param by who, as they say; null where they don't
public record Request(String via, @Nullable String by, @Nullable String why) {

    public Request because(@Nullable String reason) {
        return new Request(via, by, reason);
    }

    /// Who to name in a sentence.
    String who() {
        return by == null ? via : by;
    }

    Operation operation(
            long id,
            long run,
            Operation.Action action,
            @Nullable String task,
            Map<String, @Nullable Object> details,
            Instant at) {
        return new Operation(
                id,
                run,
                action,
                task,
                by,
                via,
                why,
                details,
                Operation.State.ASKED,
                null,
                at,
                null);
    }
}
