package dev.leat.engine.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leat.store.Node.State;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A process that carries runs, or did, as every door shows it.
///
/// @param id 13 letters and digits; sorts by the time of its start
/// @param url where it answers, if it serves
/// @param slots attempts that may run at once
/// @param running attempts that do
/// @param runs unfinished runs that it carries, those that sleep included
/// @param seenAt when it was last heard of
/// @param leaseUntil when others take its runs, unless they hear of it before; null where nobody
///     else could
/// @param self whether it is the one that answers
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NodeReport(
        String id,
        String name,
        @Nullable String url,
        String version,
        State state,
        int slots,
        int running,
        long runs,
        Instant startedAt,
        Instant seenAt,
        @Nullable Instant leaseUntil,
        boolean self) {

    /// Whether it carries runs.
    public boolean carrying() {
        return state.carrying();
    }
}
