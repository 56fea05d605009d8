package dev.leat.engine.report;

import dev.leat.store.Ids;
import dev.leat.store.Operation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that somebody did with a run, as every door shows it.
///
/// @param task null where it is about the whole run
/// @param by who, as they said; null where they didn't
/// @param via the door they came by: `api`, `cli`, `dashboard`
/// @param state ASKED while whoever carries the run hasn't heard of it, then DONE or REFUSED
/// @param answer why it was refused
@RegisterForReflection
public record OperationReport(
        String id,
        Operation.Action action,
        @Nullable String task,
        @Nullable String by,
        String via,
        @Nullable String reason,
        Map<String, @Nullable Object> details,
        Operation.State state,
        @Nullable String answer,
        Instant at,
        @Nullable Instant doneAt) {

    public static OperationReport of(Operation operation) {
        return new OperationReport(
                Ids.text(operation.id()),
                operation.action(),
                operation.task(),
                operation.by(),
                operation.via(),
                operation.why(),
                operation.details(),
                operation.state(),
                operation.answer(),
                operation.askedAt(),
                operation.doneAt());
    }
}
