package dev.leat.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What happened, for those who ask. Reads only.
@ApplicationScoped
public class RunStore implements PanacheRepositoryBase<Run, Long> {

    public Optional<Run> run(long id) {
        throw new UnsupportedOperationException("not yet");
    }

    /// Newest first, by key and never by offset.
    ///
    /// @param before only runs with a smaller id; `Long.MAX_VALUE` for the first page
    public List<Run> latest(Filter filter, long before, int limit) {
        throw new UnsupportedOperationException("not yet");
    }

    /// Runs that a start must take up again, oldest first.
    public List<Run> unfinished() {
        throw new UnsupportedOperationException("not yet");
    }

    public Optional<Run> withIdempotencyKey(String workflow, String key) {
        throw new UnsupportedOperationException("not yet");
    }

    /// The tasks that have left PENDING, in no particular order.
    public List<TaskRun> tasks(long run) {
        throw new UnsupportedOperationException("not yet");
    }

    public Optional<TaskRun> task(long run, String task) {
        throw new UnsupportedOperationException("not yet");
    }

    /// Transitions with a number above `after`, in order.
    public List<Transition> transitions(long run, long after, int limit) {
        throw new UnsupportedOperationException("not yet");
    }

    /// Those of one task, in order.
    public List<Transition> transitions(long run, String task) {
        throw new UnsupportedOperationException("not yet");
    }

    /// The output as JSON text, where the task has one.
    public Optional<String> output(long run, String task) {
        throw new UnsupportedOperationException("not yet");
    }

    /// The outputs of all tasks as JSON text, by task.
    public Map<String, String> outputs(long run) {
        throw new UnsupportedOperationException("not yet");
    }

    /// How many tasks of each state; those without a row are counted as PENDING.
    public Map<TaskState, Integer> taskCounts(long run) {
        throw new UnsupportedOperationException("not yet");
    }

    /// Each part null for any.
    public record Filter(
            @Nullable String workflow,
            @Nullable RunState state,
            @Nullable String trigger,
            @Nullable Instant since,
            @Nullable Instant until) {
        public static final Filter ANY = new Filter(null, null, null, null, null);
    }
}
