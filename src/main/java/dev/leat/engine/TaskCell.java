package dev.leat.engine;

import dev.leat.store.TaskState;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.workflow.Branches;
import dev.leat.workflow.TaskSpec;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One task of one run while the run is in memory. Changed by its [RunMachine] only, under the
/// run's lock; what tasks downstream read (state, output, error) is set before they start.
final class TaskCell {

    /// Far off, and no overflow for whoever reckons with it.
    private static final Instant NEVER = Instant.parse("2200-01-01T00:00:00Z");

    final TaskSpec spec;
    final int number;

    /// The `forEach` task that this is an item of; null for tasks of the workflow.
    final @Nullable TaskCell group;

    /// The item's position and value.
    final int index;
    final @Nullable Object item;

    private final String id;
    private final Set<String> branches;

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

    /// Its items, once they are known, where it has a `forEach`.
    volatile @Nullable Items items;

    /// How often it had succeeded before, where it has a `repeat`, and how many attempts those
    /// took.
    volatile int repetition;
    int earlierAttempts;

    /// Whether its wait ends with the next repetition.
    boolean repeating;

    /// What it waits for, unless that is a moment, and what it comes to when that comes too late.
    @Nullable Awaited awaited;
    @Nullable Outcome late;

    /// Whether what it waits for was stopped because it took too long.
    boolean overdue;

    /// The newest run that it started, and where its output was taken from: for people.
    volatile @Nullable String child;
    volatile @Nullable String cachedFrom;

    /// Under which key its output is to be kept; null for none.
    volatile @Nullable String cacheKey;

    /// Of the tasks it depends on: how many ended, by what that means for a trigger rule.
    int succeeded;
    int failed;
    int skipped;

    /// The first dependency that failed, and the first that was skipped: the reason tells.
    @Nullable String failedBy;
    @Nullable String skippedBecause;

    TaskCell(TaskSpec spec, int number) {
        this.spec = spec;
        this.number = number;
        this.group = null;
        this.index = 0;
        this.item = null;
        this.id = spec.id();
        this.branches = Branches.of(spec);
    }

    /// One item of a `forEach`. Its id is the task's with the position behind a dot, which no task
    /// of a workflow can have.
    TaskCell(TaskCell group, int index, @Nullable Object item) {
        this.spec = group.spec;
        this.number = group.number;
        this.group = group;
        this.index = index;
        this.item = item;
        this.id = group.id + "." + index;
        this.branches = Set.of();
    }

    String id() {
        return id;
    }

    /// The next attempt starts.
    void begin(Instant now) {
        attempt++;
        state = TaskState.RUNNING;
        outputKept = false;
        cachedFrom = null;
        cacheKey = null;
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
        return attempt - lost - earlierAttempts;
    }

    /// Until when nothing happens to it by itself, while it waits; null where something may at any
    /// time.
    @Nullable Instant idleUntil() {
        var answerable = awaited instanceof Awaited.Approval || awaited instanceof Awaited.Signal;
        return dueAt == null && answerable ? NEVER : awaited instanceof Awaited.Run ? null : dueAt;
    }

    /// A task that it depends on was skipped, or is a `switch` that took another branch.
    void skipped(TaskCell by) {
        if (skippedBecause == null) {
            skippedBecause =
                    by.state == TaskState.SUCCESS
                            ? "'%s' took the branch '%s'"
                                    .formatted(by.id(), Branches.caseOf(by.output))
                            : "'" + by.id() + "' was skipped";
        }
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

    /// The same for one of those that depend on it: a `switch` skips those of the branches that it
    /// didn't take.
    Verdict verdictFor(String dependent) {
        var skips =
                state == TaskState.SUCCESS
                        && branches.contains(dependent)
                        && !Branches.chosen(output).contains(dependent);
        return skips ? Verdict.SKIPPED : verdict();
    }

    enum Verdict {
        SUCCEEDED,
        FAILED,
        SKIPPED
    }
}
