package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.Operation;
import dev.leat.store.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a new run is made from another.
///
/// @param of the run it is made from
/// @param tasks those that have ended with the new run's opening: kept from the other, or marked
/// @param details what is told of it with both runs
/// @param ids of the operation that is kept with the old run, and with the new one
record Remake(
        long of,
        Map<String, StoredRun.StoredTask> tasks,
        Map<String, @Nullable Object> details,
        Request request,
        OperationIds ids) {

    record OperationIds(long ofOld, long ofNew) {}

    /// Tells a replay from another request under the same idempotency key.
    String payload() {
        return Ids.text(of) + details;
    }

    /// What goes to disk together with the opening of the new run.
    ///
    /// @param seq of the opening
    List<Change> changes(long run, long seq, Instant now) {
        var changes = new ArrayList<Change>();
        long next = seq;
        for (var task : tasks.entrySet()) {
            changes.add(ended(run, ++next, task.getKey(), task.getValue(), now));
        }
        changes.add(operation(ids.ofOld(), of, "run", run, now));
        changes.add(operation(ids.ofNew(), run, "rerunOf", of, now));
        return changes;
    }

    private static Change ended(
            long run, long seq, String task, StoredRun.StoredTask kept, Instant now) {
        var state = kept.row().state;
        var hasOutput = state == TaskState.SUCCESS && kept.output() != null;
        return new Change.TaskChanged(
                run,
                seq,
                task,
                state,
                0,
                0,
                kept.row().reason,
                null,
                null,
                now,
                kept.error(),
                hasOutput,
                hasOutput ? kept.output() : null,
                now);
    }

    private Change operation(long id, long run, String word, long other, Instant now) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put(word, Ids.text(other));
        all.putAll(details);
        return new Change.Operated(
                request.operation(id, run, Operation.Action.RERUN, null, all, now).done(now));
    }
}
