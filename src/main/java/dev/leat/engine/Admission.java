package dev.leat.engine;

import dev.leat.store.Ids;
import dev.leat.workflow.Workflow.Concurrency;
import dev.leat.workflow.Workflow.OnConflict;
import java.util.ArrayList;
import java.util.List;

/// What becomes of a new run of a workflow that limits how many go on at once, by its
/// `concurrency`. Decided from what is on disk, so that it holds over all nodes.
final class Admission {

    private Admission() {}

    sealed interface Answer {
        record Start() implements Answer {}

        record Queue(String reason) implements Answer {}

        record Skip(String reason) implements Answer {}

        /// The run is queued, and these are to be cancelled to make room.
        record CancelRunning(List<Long> runs, String reason) implements Answer {}
    }

    /// Whether runs of the workflow have to ask at all.
    static boolean limits(Concurrency concurrency) {
        return concurrency.limit() > 0 && concurrency.onConflict() != OnConflict.ALLOW;
    }

    /// @param active runs that go on, oldest first; as many as the limit suffice, all of them where
    /// they are to be cancelled
    /// @param waiting runs in line; one suffices, likewise
    static Answer of(Concurrency concurrency, List<Long> active, List<Long> waiting) {
        if (active.size() < concurrency.limit() && waiting.isEmpty()) {
            return new Answer.Start();
        }
        var reason = reason(active, concurrency.limit());
        return switch (concurrency.onConflict()) {
            case ALLOW -> new Answer.Start();
            case SKIP ->
                    new Answer.Skip(reason + ", and its 'concurrency' says to skip further ones");
            case QUEUE -> new Answer.Queue("waits: " + reason);
            case CANCEL_RUNNING -> {
                var others = new ArrayList<>(active);
                others.addAll(waiting);
                yield new Answer.CancelRunning(
                        others, "waits for the run it replaces to end: " + reason);
            }
        };
    }

    private static String reason(List<Long> active, int limit) {
        var names = active.stream().limit(3).map(Ids::text).toList();
        var which =
                names.size() == 1
                        ? "run " + names.getFirst() + " is running"
                        : "runs " + String.join(", ", names) + " are running";
        return (names.isEmpty() ? "others are in line" : which)
                + " and the workflow's limit is "
                + limit;
    }
}
