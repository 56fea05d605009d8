package dev.leat.store;

import dev.leat.store.Row.AllLeftRow;
import dev.leat.store.Row.AnswerRow;
import dev.leat.store.Row.CachedRow;
import dev.leat.store.Row.CancelRow;
import dev.leat.store.Row.ClaimRow;
import dev.leat.store.Row.DeletedRow;
import dev.leat.store.Row.DocumentDeletedRow;
import dev.leat.store.Row.DocumentSavedRow;
import dev.leat.store.Row.EnteredRow;
import dev.leat.store.Row.ExpiredRow;
import dev.leat.store.Row.LabelRow;
import dev.leat.store.Row.LabelsRow;
import dev.leat.store.Row.LeftRow;
import dev.leat.store.Row.OperationRow;
import dev.leat.store.Row.OutputRow;
import dev.leat.store.Row.RemovedRow;
import dev.leat.store.Row.RevisionRow;
import dev.leat.store.Row.RunRow;
import dev.leat.store.Row.RunUpdate;
import dev.leat.store.Row.SignalRow;
import dev.leat.store.Row.SignalTakenRow;
import dev.leat.store.Row.SizedRow;
import dev.leat.store.Row.TaskKey;
import dev.leat.store.Row.TaskRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One call of [Journal#write]: kept whole or not at all.
final class JournalEntry {

    /// What an entry weighs besides its texts, about.
    private static final long BYTES_PER_ROW = 200;

    /// The transition of a run's request to end.
    static final String CANCEL_REQUESTED = "CANCEL_REQUESTED";

    final List<Change> changes;
    final List<Row> rows;
    final List<Transition> transitions;
    final CompletableFuture<Void> done = new CompletableFuture<>();

    /// What other nodes should hear of, see [Signals].
    final List<String> news = new ArrayList<>(1);

    /// Revisions that it follows from.
    final List<Change.MustBeCurrent> current = new ArrayList<>(1);

    /// In whose name it is written.
    final long node;

    /// The locks under which it was decided; null for none.
    final @Nullable Hold hold;

    /// What it follows from, and what follows from it.
    final Sequence sequence;

    private long bytes;

    JournalEntry(List<Change> changes, long node, @Nullable Hold hold, Sequence sequence) {
        this.node = node;
        this.hold = hold;
        this.sequence = sequence;
        this.changes = List.copyOf(changes);
        this.rows = new ArrayList<>(changes.size() + 1);
        this.transitions = new ArrayList<>(changes.size());
        this.changes.forEach(this::take);
        bytes += rows.size() * BYTES_PER_ROW;
    }

    long bytes() {
        return bytes;
    }

    /// It isn't stored, nor is what follows from it.
    void refuse(Throwable why) {
        sequence.breakOff();
        done.completeExceptionally(why);
    }

    /// Whether it asks for something new, rather than telling of what is under way.
    boolean begins() {
        return changes.stream()
                .anyMatch(
                        change ->
                                switch (change) {
                                    case Change.RevisionSaved _,
                                            Change.WorkflowDeleted _,
                                            Change.RunOpened _,
                                            Change.PoolSized _,
                                            Change.PoolRemoved _,
                                            Change.DocumentSaved _,
                                            Change.DocumentDeleted _,
                                            Change.ViewSaved _,
                                            Change.ViewDeleted _,
                                            Change.SignalKept _,
                                            Change.BackfillSaved _ ->
                                            true;
                                    case Change.RunChanged _,
                                            Change.Operated _,
                                            Change.Labelled _,
                                            Change.RunClaimed _,
                                            Change.CancelAsked _,
                                            Change.CancelRequested _,
                                            Change.TaskChanged _,
                                            Change.OutputKept _,
                                            Change.PoolEntered _,
                                            Change.PoolLeft _,
                                            Change.PoolsLeft _,
                                            Change.Answered _,
                                            Change.SignalTaken _,
                                            Change.StepCached _,
                                            Change.ExpiredForgotten _,
                                            Change.Fired _,
                                            Change.FireNoticed _,
                                            Change.FireSettled _,
                                            Change.TriggerSettled _,
                                            Change.TriggerSaved _,
                                            Change.TriggerForgotten _,
                                            Change.FiresForgotten _,
                                            Change.MustBeCurrent _ ->
                                            false;
                                });
    }

    /// Whether it may wait for those that tell of states: nothing follows from it by itself.
    boolean bulk() {
        return changes.getFirst() instanceof Change.OutputKept;
    }

    private void take(Change change) {
        switch (change) {
            case Change.RevisionSaved saved -> {
                bytes += saved.source().length();
                rows.add(new RevisionRow(saved, json(saved.labels())));
                if (saved.current()) {
                    news.add(Signals.workflow(saved.workflow()));
                }
            }
            case Change.WorkflowDeleted deleted -> {
                rows.add(new DeletedRow(deleted.workflow(), Micros.of(deleted.at())));
                news.add(Signals.workflow(deleted.workflow()));
            }
            case Change.RunOpened opened -> take(opened);
            case Change.RunChanged changed -> take(changed);
            case Change.CancelRequested request -> {
                rows.add(new CancelRow(request.run(), Micros.of(request.at()), null, null));
                transition(
                        request.run(),
                        request.seq(),
                        CANCEL_REQUESTED,
                        said(request),
                        request.at());
            }
            case Change.TaskChanged changed -> take(changed);
            case Change.OutputKept kept -> {
                bytes += kept.json().length();
                rows.add(new OutputRow(new TaskKey(kept.run(), kept.task()), kept.json()));
            }
            case Change.RunClaimed claimed -> rows.add(new ClaimRow(claimed.run(), node));
            case Change.CancelAsked asked -> {
                rows.add(
                        new CancelRow(
                                asked.run(),
                                Micros.of(asked.at()),
                                storable(asked.by()),
                                storable(asked.why())));
                news.add(Signals.cancel(asked.run()));
            }
            case Change.Operated(var operation) -> take(operation);
            case Change.Labelled(var run, var labels) ->
                    rows.add(new LabelsRow(run, labels, json(labels)));
            case Change.PoolEntered in -> rows.add(new EnteredRow(in.pool(), in.run(), in.task()));
            case Change.PoolLeft out -> {
                rows.add(new LeftRow(out.pool(), out.run(), out.task()));
                news.add(Signals.POOL);
            }
            case Change.PoolsLeft out -> {
                rows.add(new AllLeftRow(out.run()));
                news.add(Signals.POOL);
            }
            case Change.PoolSized sized -> {
                rows.add(new SizedRow(sized.pool(), sized.places(), Micros.of(sized.at())));
                news.add(Signals.POOL);
            }
            case Change.PoolRemoved removed -> {
                rows.add(new RemovedRow(removed.pool()));
                news.add(Signals.POOL);
            }
            case Change.DocumentSaved(var document) -> {
                bytes += document.source().length();
                rows.add(new DocumentSavedRow(document, Micros.of(document.savedAt())));
                news.add(Signals.DOCUMENT);
            }
            case Change.DocumentDeleted deleted -> {
                rows.add(new DocumentDeletedRow(deleted.kind(), deleted.id()));
                news.add(Signals.DOCUMENT);
            }
            case Change.ViewSaved(var view) ->
                    rows.add(new Row.ViewSavedRow(view, Micros.of(view.savedAt())));
            case Change.ViewDeleted(var name) -> rows.add(new Row.ViewDeletedRow(name));
            case Change.Answered answered -> take(answered);
            case Change.SignalKept kept -> take(kept);
            case Change.SignalTaken taken -> rows.add(new SignalTakenRow(taken.id()));
            case Change.StepCached cached -> take(cached);
            case Change.ExpiredForgotten expired ->
                    rows.add(new ExpiredRow(Micros.of(expired.now())));
            case Change.Fired(var fire) -> rows.add(row(fire));
            case Change.FireNoticed(var fire) -> rows.add(new Row.NoticedRow(row(fire)));
            case Change.FireSettled(var fire) -> rows.add(new Row.SettledRow(row(fire)));
            case Change.TriggerSettled settled ->
                    rows.add(
                            new Row.CursorRow(
                                    settled.workflow(),
                                    settled.trigger(),
                                    Micros.notBefore(settled.until())));
            case Change.TriggerSaved(var state) -> {
                rows.add(new Row.TriggerStateRow(state));
                news.add(Signals.workflow(state.workflow()));
            }
            case Change.TriggerForgotten gone ->
                    rows.add(new Row.TriggerGoneRow(gone.workflow(), gone.trigger()));
            case Change.BackfillSaved(var backfill) -> rows.add(new Row.BackfillRow(backfill));
            case Change.FiresForgotten(var before) -> rows.add(new Row.FiresGoneRow(before));
            case Change.MustBeCurrent must -> current.add(must);
        }
    }

    private Row.FireRow row(Fire fire) {
        return new Row.FireRow(fire, fire.facts() == null ? null : json(fire.facts()));
    }

    private void take(Change.Answered answered) {
        var answer = json(answered.answer());
        var key = new TaskKey(answered.run(), answered.task());
        rows.add(
                new AnswerRow(
                        key,
                        answered.attempt(),
                        answer,
                        storable(answered.by()),
                        Micros.of(answered.at())));
        news.add(Signals.answer(answered.run()));
    }

    private void take(Change.SignalKept kept) {
        rows.add(
                new SignalRow(
                        kept.id(),
                        kept.awaits(),
                        json(kept.payload()),
                        storable(kept.by()),
                        Micros.of(kept.at()),
                        Micros.of(kept.expiresAt())));
    }

    private void take(Change.StepCached cached) {
        rows.add(
                new CachedRow(
                        cached.workflow(),
                        cached.task(),
                        cached.key(),
                        json(cached.output()),
                        cached.run(),
                        Micros.of(cached.at()),
                        Micros.of(cached.expiresAt())));
    }

    private void take(Operation operation) {
        rows.add(new OperationRow(operation, json(operation.details())));
        if (operation.state() == Operation.State.ASKED) {
            news.add(Signals.asked(operation.run()));
        }
    }

    private void take(Change.RunOpened opened) {
        if (!opened.carried()) {
            news.add(Signals.WORK);
        }
        rows.add(
                new RunRow(
                        opened,
                        opened.carried() ? node : null,
                        json(opened.inputs()),
                        json(opened.triggerFacts()),
                        json(opened.labels())));
        opened.labels()
                .forEach(
                        (name, value) ->
                                rows.add(new LabelRow(opened.run(), name, storable(value))));
        transition(
                opened.run(),
                opened.seq(),
                opened.state().name(),
                storable(opened.reason()),
                opened.at());
    }

    private void take(Change.RunChanged changed) {
        var finished = Micros.ofNullable(changed.finishedAt());
        if (changed.state().terminal()) {
            finished = finished == null ? (Long) Micros.of(changed.at()) : finished;
            news.add(Signals.ended(changed.run()));
        }
        var reason = storable(changed.reason());
        var error = changed.error() == null ? null : json(ErrorJson.of(changed.error()));
        rows.add(
                new RunUpdate(
                        changed.run(),
                        changed.state(),
                        reason,
                        Micros.ofNullable(changed.startedAt()),
                        changed.state().terminal() ? finished : null,
                        changed.outputs() == null ? null : json(changed.outputs()),
                        error));
        transition(changed.run(), changed.seq(), changed.state().name(), reason, changed.at())
                        .error =
                error;
    }

    private void take(Change.TaskChanged changed) {
        var key = new TaskKey(changed.run(), changed.task());
        var reason = storable(changed.reason());
        var error = changed.error() == null ? null : json(ErrorJson.of(changed.error()));
        var dueAt = Micros.ofNullable(changed.dueAt());
        rows.add(
                new TaskRow(
                        key,
                        changed.state(),
                        changed.attempt(),
                        changed.lost(),
                        reason,
                        dueAt,
                        Micros.ofNullable(changed.startedAt()),
                        Micros.ofNullable(changed.finishedAt()),
                        error,
                        changed.hasOutput(),
                        changed.awaits(),
                        changed.detail()));
        if (changed.hasOutput() && !changed.outputKept()) {
            rows.add(new OutputRow(key, json(changed.output())));
        }
        var transition =
                transition(
                        changed.run(), changed.seq(), changed.state().name(), reason, changed.at());
        transition.task = changed.task();
        transition.attempt = changed.attempt();
        transition.dueAt = dueAt;
        transition.error = error;
    }

    private Transition transition(
            long run, long seq, String state, @Nullable String reason, Instant at) {
        var transition = new Transition();
        transition.run = run;
        transition.seq = seq;
        transition.state = state;
        transition.reason = reason;
        transition.at = Micros.of(at);
        transitions.add(transition);
        return transition;
    }

    private static @Nullable String said(Change.CancelRequested request) {
        if (request.by() == null) {
            return storable(request.why());
        }
        return storable(
                request.why() == null
                        ? "Asked by %s.".formatted(request.by())
                        : "Asked by %s: %s".formatted(request.by(), request.why()));
    }

    private String json(@Nullable Object value) {
        var text = Json.write(value);
        bytes += text.length();
        return text;
    }

    /// PostgreSQL has no text with a zero character. In JSON it is escaped anyway.
    static @Nullable String storable(@Nullable String text) {
        return text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }
}
