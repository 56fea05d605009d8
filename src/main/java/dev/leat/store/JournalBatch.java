package dev.leat.store;

import dev.leat.store.Row.CancelRow;
import dev.leat.store.Row.ClaimRow;
import dev.leat.store.Row.CursorRow;
import dev.leat.store.Row.DeletedRow;
import dev.leat.store.Row.DocumentRow;
import dev.leat.store.Row.FireRow;
import dev.leat.store.Row.LabelRow;
import dev.leat.store.Row.LabelsRow;
import dev.leat.store.Row.OperationRow;
import dev.leat.store.Row.OutputRow;
import dev.leat.store.Row.PoolRow;
import dev.leat.store.Row.RevisionRow;
import dev.leat.store.Row.RunRow;
import dev.leat.store.Row.RunUpdate;
import dev.leat.store.Row.TaskKey;
import dev.leat.store.Row.TaskRow;
import dev.leat.store.Row.TriggerRow;
import dev.leat.store.Row.WaitRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rows of several entries, by table. Of a row that changes several times only the last is
/// written; its history is in the transitions.
final class JournalBatch {

    /// Revisions and deletions: few, and their order counts.
    final List<Row> definitions = new ArrayList<>();
    final List<RunRow> runs = new ArrayList<>();
    final Map<Long, RunUpdate> updates = new LinkedHashMap<>();
    final List<ClaimRow> claims = new ArrayList<>();
    final List<CancelRow> cancellations = new ArrayList<>();
    final List<OperationRow> operations = new ArrayList<>();
    final List<LabelRow> labels = new ArrayList<>();
    final List<LabelsRow> labelled = new ArrayList<>();
    final List<PoolRow> pools = new ArrayList<>();
    final List<DocumentRow> documents = new ArrayList<>();
    final List<WaitRow> waits = new ArrayList<>();
    final List<FireRow> fires = new ArrayList<>();
    final Map<String, CursorRow> cursors = new LinkedHashMap<>();
    final List<TriggerRow> triggers = new ArrayList<>();
    final Map<TaskKey, TaskRow> tasks = new LinkedHashMap<>();
    final Map<TaskKey, OutputRow> outputs = new LinkedHashMap<>();
    final List<Transition> transitions = new ArrayList<>();

    /// The locks under which something of it was decided.
    final Set<Hold> holds = new LinkedHashSet<>();

    /// The revisions that something of it follows from.
    final Set<Change.MustBeCurrent> current = new LinkedHashSet<>();

    static JournalBatch of(List<JournalEntry> entries) {
        var batch = new JournalBatch();
        for (var entry : entries) {
            entry.rows.forEach(batch::add);
            batch.transitions.addAll(entry.transitions);
            batch.current.addAll(entry.current);
            if (entry.hold != null) {
                batch.holds.add(entry.hold);
            }
        }
        batch.openAsTheyStand();
        return batch;
    }

    /// A run that is opened and begins at once is one row, and one statement. A wish for its end
    /// comes between the two.
    private void openAsTheyStand() {
        if (cancellations.isEmpty()) {
            runs.replaceAll(
                    run -> {
                        var update = updates.remove(run.opened().run());
                        return update == null ? run : run.then(update);
                    });
        }
    }

    /// Whether it has nothing but what most batches have: rows of the kinds that are many.
    boolean isOrdinary() {
        return definitions.isEmpty()
                && claims.isEmpty()
                && cancellations.isEmpty()
                && operations.isEmpty()
                && labelled.isEmpty()
                && pools.isEmpty()
                && documents.isEmpty()
                && waits.isEmpty()
                && triggers.isEmpty();
    }

    private void add(Row row) {
        switch (row) {
            case RevisionRow revision -> definitions.add(revision);
            case DeletedRow deleted -> definitions.add(deleted);
            case RunRow run -> runs.add(run);
            case ClaimRow claim -> claims.add(claim);
            case CancelRow cancel -> cancellations.add(cancel);
            case OperationRow operation -> operations.add(operation);
            case LabelRow label -> labels.add(label);
            case LabelsRow all -> labelled.add(all);
            case PoolRow pool -> pools.add(pool);
            case DocumentRow document -> documents.add(document);
            case WaitRow wait -> waits.add(wait);
            case FireRow fire -> fires.add(fire);
            case CursorRow cursor -> cursors.put(cursor.key(), cursor);
            case TriggerRow trigger -> triggers.add(trigger);
            case RunUpdate update -> updates.merge(update.run(), update, RunUpdate::then);
            case TaskRow task -> tasks.merge(task.key(), task, TaskRow::then);
            case OutputRow output -> outputs.put(output.key(), output);
        }
    }
}
