package dev.leat.store;

import dev.leat.store.Change.RevisionSaved;
import dev.leat.store.Change.RunOpened;
import dev.leat.store.database.Failure;
import dev.leat.task.Refusal;
import java.sql.SQLException;
import java.util.List;

/// Tells in people's words why the database refused a write.
final class Conflicts {

    private Conflicts() {}

    static Refusal of(List<Change> changes, Failure.Taken taken) {
        for (var change : changes) {
            if (change instanceof RunOpened opened && taken.key().contains("idempotency_key")) {
                return new Refusal.Conflict(
                        "Workflow '%s' has a run with the idempotency key '%s' already."
                                .formatted(opened.workflow(), opened.idempotencyKey()));
            }
            if (change instanceof Change.Fired(var fire) && taken.key().contains("fire")) {
                return new Refusal.Conflict(
                        "Trigger '%s' of '%s' has fired for %s already."
                                .formatted(fire.trigger(), fire.workflow(), fire.slot()));
            }
            if (change instanceof RevisionSaved saved && taken.key().contains("revision")) {
                return new Refusal.Conflict(
                        "Workflow '%s' has a revision %d already: somebody else saved in the meantime. Load it again, then save."
                                .formatted(saved.workflow(), saved.number()));
            }
        }
        return new Refusal.Conflict(
                "%s is stored already (%s).".formatted(subject(changes), taken.message()));
    }

    static RuntimeException unstorable(
            List<Change> changes, Failure.Refused refused, SQLException cause) {
        return new IllegalStateException(
                "%s can't be stored: %s".formatted(subject(changes), refused.message()), cause);
    }

    private static String subject(List<Change> changes) {
        return switch (changes.getFirst()) {
            case RevisionSaved saved ->
                    "Revision %d of workflow '%s'".formatted(saved.number(), saved.workflow());
            case Change.WorkflowDeleted deleted ->
                    "The deletion of workflow '%s'".formatted(deleted.workflow());
            case RunOpened opened -> transition(opened.run(), opened.seq());
            case Change.RunChanged changed -> transition(changed.run(), changed.seq());
            case Change.CancelRequested request -> transition(request.run(), request.seq());
            case Change.TaskChanged changed -> transition(changed.run(), changed.seq());
            case Change.OutputKept kept -> "An output of run %s".formatted(Ids.text(kept.run()));
            case Change.RunClaimed claimed -> "The claim of run " + Ids.text(claimed.run());
            case Change.CancelAsked asked -> "The wish to end run " + Ids.text(asked.run());
            case Change.Operated(var operation) ->
                    "What was asked of run " + Ids.text(operation.run());
            case Change.Labelled labelled -> "The labels of run " + Ids.text(labelled.run());
            case Change.PoolEntered in -> pool(in.pool());
            case Change.PoolLeft out -> pool(out.pool());
            case Change.PoolsLeft out -> "A place of run " + Ids.text(out.run());
            case Change.PoolSized sized -> pool(sized.pool());
            case Change.PoolRemoved removed -> pool(removed.pool());
            case Change.DocumentSaved(var document) -> document(document.kind(), document.id());
            case Change.DocumentDeleted deleted -> document(deleted.kind(), deleted.id());
            case Change.ViewSaved(var view) -> "View '%s'".formatted(view.name());
            case Change.ViewDeleted(var name) -> "View '%s'".formatted(name);
            case Change.Answered answered ->
                    "An answer to task '%s' of run %s"
                            .formatted(answered.task(), Ids.text(answered.run()));
            case Change.SignalKept _, Change.SignalTaken _ -> "A signal";
            case Change.StepCached cached ->
                    "The output of task '%s' of '%s'".formatted(cached.task(), cached.workflow());
            case Change.ExpiredForgotten _, Change.FiresForgotten _ -> "What is expired";
            case Change.Fired(var fire) -> fire(fire);
            case Change.FireNoticed(var fire) -> fire(fire);
            case Change.FireSettled(var fire) -> fire(fire);
            case Change.TriggerSettled settled -> trigger(settled.workflow(), settled.trigger());
            case Change.TriggerSaved(var state) -> trigger(state.workflow(), state.trigger());
            case Change.TriggerForgotten gone -> trigger(gone.workflow(), gone.trigger());
            case Change.MustBeCurrent(var workflow, _) ->
                    "What follows from workflow '%s'".formatted(workflow);
            case Change.BackfillSaved(var backfill) ->
                    "A backfill of '%s'".formatted(backfill.workflow());
        };
    }

    private static String fire(Fire fire) {
        return "A fire of trigger '%s' of '%s'".formatted(fire.trigger(), fire.workflow());
    }

    private static String trigger(String workflow, String trigger) {
        return "Where trigger '%s' of '%s' stands".formatted(trigger, workflow);
    }

    private static String document(StoredDocument.Kind kind, String id) {
        return switch (kind) {
            case CALENDAR -> "Calendar '%s'".formatted(id);
            case BLACKOUT -> "Blackout '%s'".formatted(id);
        };
    }

    private static String pool(String name) {
        return "A place in pool '%s'".formatted(name);
    }

    private static String transition(long run, long seq) {
        return "Transition %d of run %s".formatted(seq, Ids.text(run));
    }
}
