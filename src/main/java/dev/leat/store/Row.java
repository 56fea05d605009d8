package dev.leat.store;

import dev.leat.store.Change.RevisionSaved;
import dev.leat.store.Change.RunOpened;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a [Change] comes to in a table, with its JSON written and its times counted. Made on the
/// thread of whoever writes, so that the committer only has to hand it on.
sealed interface Row {

    record RevisionRow(RevisionSaved saved, String labels) implements Row {}

    record DeletedRow(String workflow, long at) implements Row {}

    /// @param owner null where nobody carries it yet
    /// @param now how it stands by the end of its batch
    record RunRow(
            RunOpened opened,
            @Nullable Long owner,
            String inputs,
            String triggerFacts,
            String labels,
            RunUpdate now)
            implements Row {

        RunRow(
                RunOpened opened,
                @Nullable Long owner,
                String inputs,
                String triggerFacts,
                String labels) {
            this(opened, owner, inputs, triggerFacts, labels, asOpened(opened));
        }

        private static RunUpdate asOpened(RunOpened opened) {
            return new RunUpdate(
                    opened.run(), opened.state(), opened.reason(), null, null, null, null);
        }

        RunRow then(RunUpdate update) {
            return new RunRow(opened, owner, inputs, triggerFacts, labels, now.then(update));
        }
    }

    record ClaimRow(long run, long owner) implements Row {}

    record CancelRow(long run, long at, @Nullable String by, @Nullable String why) implements Row {}

    /// @param details as JSON
    record OperationRow(Operation operation, String details) implements Row {}

    /// One label of a run that is opened.
    record LabelRow(long run, String name, @Nullable String value) implements Row {}

    /// @param json all labels, as the run's row has them
    record LabelsRow(long run, Map<String, String> labels, String json) implements Row {}

    /// A change of who is in which pool; their order counts.
    sealed interface PoolRow extends Row {}

    record EnteredRow(String pool, long run, String task) implements PoolRow {}

    record LeftRow(String pool, long run, String task) implements PoolRow {}

    record AllLeftRow(long run) implements PoolRow {}

    record SizedRow(String pool, int places, long at) implements PoolRow {}

    record RemovedRow(String pool) implements PoolRow {}

    /// Calendars, blackouts and views; their order counts.
    sealed interface DocumentRow extends Row {}

    record DocumentSavedRow(StoredDocument document, long at) implements DocumentRow {}

    record DocumentDeletedRow(StoredDocument.Kind kind, String id) implements DocumentRow {}

    record ViewSavedRow(SavedView view, long at) implements DocumentRow {}

    record ViewDeletedRow(String name) implements DocumentRow {}

    /// @param startedAt, outputs null leaves what is stored
    /// @param finishedAt null clears what is stored
    record RunUpdate(
            long run,
            RunState state,
            @Nullable String reason,
            @Nullable Long startedAt,
            @Nullable Long finishedAt,
            @Nullable String outputs,
            @Nullable String error)
            implements Row {

        RunUpdate then(RunUpdate later) {
            return new RunUpdate(
                    run,
                    later.state,
                    later.reason,
                    later.startedAt == null ? startedAt : later.startedAt,
                    later.finishedAt,
                    later.outputs == null ? outputs : later.outputs,
                    later.error);
        }
    }

    /// What concerns tasks that wait, and outputs kept from run to run.
    sealed interface WaitRow extends Row {}

    record AnswerRow(TaskKey key, int attempt, String answer, @Nullable String by, long at)
            implements WaitRow {}

    record SignalRow(
            long id, String awaits, String payload, @Nullable String by, long at, long expiresAt)
            implements WaitRow {}

    record SignalTakenRow(long id) implements WaitRow {}

    record CachedRow(
            String workflow,
            String task,
            String key,
            String output,
            long run,
            long at,
            long expiresAt)
            implements WaitRow {}

    record ExpiredRow(long now) implements WaitRow {}

    /// A new line of the ledger.
    record FireRow(Fire fire, @Nullable String facts) implements Row {}

    record CursorRow(String workflow, String trigger, long until) implements Row {
        String key() {
            return workflow + '/' + trigger;
        }
    }

    /// What concerns triggers besides; their order counts.
    sealed interface TriggerRow extends Row {}

    record NoticedRow(FireRow row) implements TriggerRow {}

    record SettledRow(FireRow row) implements TriggerRow {}

    record TriggerStateRow(TriggerState state) implements TriggerRow {}

    record TriggerGoneRow(String workflow, String trigger) implements TriggerRow {}

    record BackfillRow(Backfill backfill) implements TriggerRow {}

    record FiresGoneRow(long before) implements TriggerRow {}

    record TaskKey(long run, String task) {}

    /// @param startedAt, finishedAt null leaves what is stored
    /// @param hasOutput false leaves what is stored
    record TaskRow(
            TaskKey key,
            TaskState state,
            int attempt,
            int lost,
            @Nullable String reason,
            @Nullable Long dueAt,
            @Nullable Long startedAt,
            @Nullable Long finishedAt,
            @Nullable String error,
            boolean hasOutput,
            @Nullable String awaits,
            @Nullable String detail)
            implements Row {

        TaskRow then(TaskRow later) {
            return new TaskRow(
                    key,
                    later.state,
                    later.attempt,
                    later.lost,
                    later.reason,
                    later.dueAt,
                    later.startedAt == null ? startedAt : later.startedAt,
                    later.finishedAt == null ? finishedAt : later.finishedAt,
                    later.error,
                    hasOutput || later.hasOutput,
                    later.awaits,
                    later.detail);
        }
    }

    record OutputRow(TaskKey key, String json) implements Row {}
}
