package dev.leat.engine;

import dev.leat.store.TaskState;
import dev.leat.task.TaskError;
import dev.leat.workflow.TaskSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One task of one run while the run is in memory. Changed by its [RunMachine] only, under the
/// run's lock; what tasks downstream read (state, output, error) is set before they start.
final class TaskCell {

    final TaskSpec spec;
    final int number;

    volatile TaskState state = TaskState.PENDING;
    volatile @Nullable Object output;
    volatile @Nullable TaskError error;

    /// Whether the output is on disk already, because it is large.
    volatile boolean outputKept;

    /// Number of the newest attempt; 0 before the first.
    int attempt;

    /// How many attempts were lost with their process: they don't count as retries.
    int lost;

    /// When the first attempt started.
    @Nullable Instant startedAt;

    /// When a wait ends, in RETRYING and WAITING.
    @Nullable Instant dueAt;

    /// Whether it has a place in its pool.
    boolean inPool;

    /// Of the tasks it depends on: how many ended, by what that means for a trigger rule.
    int succeeded;
    int failed;
    int skipped;

    /// The first dependency that failed, and the first that was skipped: the reason names it.
    @Nullable String failedBy;
    @Nullable String skippedBy;

    TaskCell(TaskSpec spec, int number) {
        this.spec = spec;
        this.number = number;
    }

    String id() {
        return spec.id();
    }

    /// The next attempt starts.
    void begin(Instant now) {
        attempt++;
        state = TaskState.RUNNING;
        outputKept = false;
        dueAt = null;
        if (startedAt == null) {
            startedAt = now;
        }
    }

    /// Whether this attempt is the one under way, so that what a stale one says is not heard.
    boolean isPerforming(int number) {
        return state == TaskState.RUNNING && attempt == number;
    }

    /// Attempts that count for the retry policy.
    int tries() {
        return attempt - lost;
    }

    /// What the task's end means for those that depend on it, and for the run.
    Verdict verdict() {
        return switch (state) {
            case SUCCESS -> Verdict.SUCCEEDED;
            case SKIPPED -> spec.disabled() ? Verdict.SUCCEEDED : Verdict.SKIPPED;
            case FAILED, TIMED_OUT, UPSTREAM_FAILED, UNKNOWN ->
                    spec.allowFailure() ? Verdict.SUCCEEDED : Verdict.FAILED;
            case CANCELLED -> Verdict.FAILED;
            case PENDING, READY, RUNNING, RETRYING, WAITING ->
                    throw new IllegalStateException("task '" + id() + "' has not ended");
        };
    }

    enum Verdict {
        SUCCEEDED,
        FAILED,
        SKIPPED
    }
}
