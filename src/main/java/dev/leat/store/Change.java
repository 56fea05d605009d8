package dev.leat.store;

import dev.leat.task.TaskError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One fact for the [Journal] to keep. JSON values are plain Java (see
/// [dev.leat.task.TaskContext]); times are kept in microseconds.
///
/// `seq` numbers the transitions of one run from 1 without a gap; the run's owner counts.
public sealed interface Change {

    /// A new, immutable text of a workflow, which becomes the current one if `current`.
    ///
    /// @param workflow qualified id
    /// @param number from 1, one more than the workflow's newest
    /// @param hash SHA-256 of the source, hex
    /// @param source the text as it was given
    /// @param origin `api`, `dashboard`, `cli`, or `file:<path>`
    /// @param author who, may be null
    /// @param message why, in the author's words; may be null
    record RevisionSaved(
            long id,
            String workflow,
            int number,
            String hash,
            String source,
            String format,
            String name,
            String description,
            Map<String, String> labels,
            String origin,
            @Nullable String author,
            @Nullable String message,
            boolean current,
            Instant at)
            implements Change {}

    /// The workflow is no longer listed or started. Its revisions and runs stay.
    record WorkflowDeleted(String workflow, Instant at) implements Change {}

    /// @param trigger why it started: `manual`, `api`, `cli`, `schedule`, …
    /// @param idempotencyKey unique per workflow; null where none was given
    /// @param payloadHash of workflow and inputs, to tell a replay from another request under the
    /// same key
    /// @param carried whether this node carries it; otherwise it waits for one that will
    /// @param limited whether the workflow limits how many of its runs go on at once
    /// @param priority larger goes first among those that wait
    /// @param rerunOf the run it was made from; null for none
    record RunOpened(
            long run,
            String workflow,
            long revision,
            int revisionNumber,
            RunState state,
            @Nullable String reason,
            Map<String, @Nullable Object> inputs,
            String trigger,
            Map<String, @Nullable Object> triggerFacts,
            @Nullable String startedBy,
            Map<String, String> labels,
            @Nullable String idempotencyKey,
            @Nullable String payloadHash,
            int taskCount,
            boolean carried,
            boolean limited,
            int priority,
            @Nullable Long rerunOf,
            Instant at,
            long seq)
            implements Change {

        /// One that wasn't made from another.
        public RunOpened(
                long run,
                String workflow,
                long revision,
                int revisionNumber,
                RunState state,
                @Nullable String reason,
                Map<String, @Nullable Object> inputs,
                String trigger,
                Map<String, @Nullable Object> triggerFacts,
                @Nullable String startedBy,
                Map<String, String> labels,
                @Nullable String idempotencyKey,
                @Nullable String payloadHash,
                int taskCount,
                boolean carried,
                boolean limited,
                int priority,
                Instant at,
                long seq) {
            this(
                    run,
                    workflow,
                    revision,
                    revisionNumber,
                    state,
                    reason,
                    inputs,
                    trigger,
                    triggerFacts,
                    startedBy,
                    labels,
                    idempotencyKey,
                    payloadHash,
                    taskCount,
                    carried,
                    limited,
                    priority,
                    null,
                    at,
                    seq);
        }
    }

    /// Somebody asked for something; or it is done by now, or refused. The first time it is kept
    /// whole, and later only what became of it.
    record Operated(Operation operation) implements Change {}

    /// The run has these labels and no others.
    record Labelled(long run, Map<String, String> labels) implements Change {}

    /// This node carries the run from now on, which nobody carried.
    record RunClaimed(long run) implements Change {}

    /// Somebody asked for the end of a run that another node carries, or none: it is told of it, or
    /// reads it when it takes the run up.
    record CancelAsked(long run, @Nullable String by, @Nullable String why, Instant at)
            implements Change {}

    /// A task of the run takes a place in a pool.
    record PoolEntered(String pool, long run, String task) implements Change {}

    /// A task gives its place back.
    record PoolLeft(String pool, long run, String task) implements Change {}

    /// All places of a run's tasks are given back.
    record PoolsLeft(long run) implements Change {}

    /// A pool has so many places.
    record PoolSized(String pool, int places, Instant at) implements Change {}

    /// The pool has a single place again, as one that was never named.
    record PoolRemoved(String pool) implements Change {}

    /// A calendar or a blackout has this text now.
    record DocumentSaved(StoredDocument document) implements Change {}

    /// There is no such calendar or blackout any more.
    record DocumentDeleted(StoredDocument.Kind kind, String id) implements Change {}

    /// A view has this filter now.
    record ViewSaved(SavedView view) implements Change {}

    /// There is no such view any more.
    record ViewDeleted(String name) implements Change {}

    /// The run is in another state, or in the same with another reason.
    ///
    /// @param startedAt null leaves what is stored
    /// @param finishedAt null leaves what is stored
    /// @param outputs null leaves what is stored
    record RunChanged(
            long run,
            long seq,
            RunState state,
            @Nullable String reason,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Map<String, @Nullable Object> outputs,
            @Nullable RunError error,
            Instant at)
            implements Change {}

    /// Somebody asked for the run's end; its tasks may still be stopping.
    record CancelRequested(
            long run, long seq, @Nullable String by, @Nullable String why, Instant at)
            implements Change {}

    /// The task is in another state. An attempt is what lies between a change to RUNNING and the
    /// next change.
    ///
    /// @param task its id in the workflow
    /// @param attempt 0 before the first
    /// @param lost how many of the attempts were lost with their process
    /// @param reason why it is where it is, one sentence; null where there is nothing to say
    /// @param dueAt when the wait ends, for RETRYING and WAITING
    /// @param startedAt of the first attempt; null leaves what is stored
    /// @param finishedAt null leaves what is stored
    /// @param outputKept whether the output is on disk already, by an [OutputKept]
    /// @param output stored with SUCCESS, and with WAITING for its end; see `hasOutput`
    /// @param awaits what it waits for that isn't a moment, as people's answers and signals find it
    /// @param detail what the engine has to know of it besides, as JSON
    record TaskChanged(
            long run,
            long seq,
            String task,
            TaskState state,
            int attempt,
            int lost,
            @Nullable String reason,
            @Nullable Instant dueAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable TaskError error,
            boolean hasOutput,
            boolean outputKept,
            @Nullable Object output,
            @Nullable String awaits,
            @Nullable String detail,
            Instant at)
            implements Change {

        public TaskChanged(
                long run,
                long seq,
                String task,
                TaskState state,
                int attempt,
                int lost,
                @Nullable String reason,
                @Nullable Instant dueAt,
                @Nullable Instant startedAt,
                @Nullable Instant finishedAt,
                @Nullable TaskError error,
                boolean hasOutput,
                @Nullable Object output,
                Instant at) {
            this(
                    run,
                    seq,
                    task,
                    state,
                    attempt,
                    lost,
                    reason,
                    dueAt,
                    startedAt,
                    finishedAt,
                    error,
                    hasOutput,
                    false,
                    output,
                    null,
                    null,
                    at);
        }
    }

    /// A large output, ahead of the change that tells of it: it counts once that is kept, too.
    ///
    /// @param json as text
    record OutputKept(long run, String task, String json) implements Change {}

    /// An attempt that waits has its answer. The first one counts.
    record Answered(
            long run,
            String task,
            int attempt,
            Map<String, @Nullable Object> answer,
            @Nullable String by,
            Instant at)
            implements Change {}

    /// A signal that nobody waits for yet.
    ///
    /// @param awaits as a task that waits for it has it
    record SignalKept(
            long id,
            String awaits,
            @Nullable Object payload,
            @Nullable String by,
            Instant at,
            Instant expiresAt)
            implements Change {}

    /// A kept signal has found who waits for it.
    record SignalTaken(long id) implements Change {}

    /// A task's output, for later runs of the workflow.
    ///
    /// @param key hash of what the output depends on
    record StepCached(
            String workflow,
            String task,
            String key,
            @Nullable Object output,
            long run,
            Instant at,
            Instant expiresAt)
            implements Change {}

    /// What was kept for a time that is over by now is forgotten: signals and cached outputs.
    record ExpiredForgotten(Instant now) implements Change {}

    /// A fire of a trigger is in the ledger. Refused, with all that is written together with it,
    /// where the ledger has that fire already.
    record Fired(Fire fire) implements Change {}

    /// A fire that follows from something else; left out where the ledger has it already.
    record FireNoticed(Fire fire) implements Change {}

    /// A fire that was open has ended, or is held; left as it is where it has ended already.
    record FireSettled(Fire fire) implements Change {}

    /// All fires of the trigger up to this moment are in the ledger.
    record TriggerSettled(String workflow, String trigger, Instant until) implements Change {}

    /// Where a trigger stands, all of it.
    record TriggerSaved(TriggerState state) implements Change {}

    /// No workflow has this trigger any more.
    record TriggerForgotten(String workflow, String trigger) implements Change {}

    record BackfillSaved(Backfill backfill) implements Change {}

    /// Ended fires that are older than this are forgotten.
    ///
    /// @param before an id
    record FiresForgotten(long before) implements Change {}

    /// Nothing by itself. What is written with it is refused (see [Journal#write]) where the
    /// workflow has another current revision, or none, when it is stored.
    record MustBeCurrent(String workflow, long revision) implements Change {}

    /// Why a run failed: the task that decided it, if one did.
    record RunError(
            String code, String message, @Nullable String task, int attempt, List<String> causes) {
        public RunError {
            causes = List.copyOf(causes);
        }
    }
}
