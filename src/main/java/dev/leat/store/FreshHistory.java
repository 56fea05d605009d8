package dev.leat.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the tables say of one run, followed write by write as their statements change them.
final class FreshHistory {

    private final Run run;
    private final Map<String, Row.TaskRow> tasks = new LinkedHashMap<>();
    private final List<Transition> transitions = new ArrayList<>();
    private long bytes;

    FreshHistory(Row.RunRow row, long owner) {
        var opened = row.opened();
        run = new Run();
        run.id = opened.run();
        run.workflow = opened.workflow();
        run.revision = opened.revision();
        run.revisionNumber = opened.revisionNumber();
        run.state = opened.state();
        run.reason = opened.reason();
        run.trigger = opened.trigger();
        run.startedBy = opened.startedBy();
        run.labels = row.labels();
        run.taskCount = opened.taskCount();
        run.createdAt = Micros.of(opened.at());
        run.fence = 1;
        run.owner = owner;
        run.priority = opened.priority();
        run.rerunOf = opened.rerunOf();
        run.inputs = row.inputs();
        run.triggerFacts = row.triggerFacts();
        run.idempotencyKey = opened.idempotencyKey();
        run.payloadHash = opened.payloadHash();
    }

    boolean ended() {
        return run.state.terminal();
    }

    boolean isOf(long node) {
        return run.owner != null && run.owner == node;
    }

    /// @return how much was written of the run until now
    long grow(long written) {
        bytes += written;
        return bytes;
    }

    void apply(Row.RunUpdate update) {
        run.state = update.state();
        run.reason = update.reason();
        run.startedAt = update.startedAt() == null ? run.startedAt : update.startedAt();
        run.finishedAt = update.finishedAt();
        run.outputs = update.outputs() == null ? run.outputs : update.outputs();
        run.error = update.error();
    }

    void apply(Row.CancelRow cancel) {
        if (run.finishedAt != null) {
            return;
        }
        run.cancelRequestedAt =
                run.cancelRequestedAt == null ? (Long) cancel.at() : run.cancelRequestedAt;
        run.cancelBy = run.cancelBy == null ? cancel.by() : run.cancelBy;
        run.cancelReason = run.cancelReason == null ? cancel.why() : run.cancelReason;
    }

    void apply(Row.LabelsRow labels) {
        run.labels = labels.json();
    }

    void apply(Row.TaskRow task) {
        tasks.merge(task.key().task(), task, Row.TaskRow::then);
    }

    void apply(Transition transition) {
        transitions.add(transition);
        run.lastSeq = transition.seq;
    }

    RunHistory read() {
        return new RunHistory(
                run.copy(), tasks.values().stream().map(TaskRun::new).toList(), transitions);
    }
}
