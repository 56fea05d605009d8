package dev.leat.engine.firing;

import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.firing.Gate.Verdict;
import dev.leat.store.Change;
import dev.leat.store.Fire;
import dev.leat.store.Fire.Cause;
import dev.leat.store.Fire.State;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.Locks;
import dev.leat.store.TriggerStore;
import dev.leat.task.Refusal;
import dev.leat.workflow.expression.ExpressionException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.LongFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Turns fires into runs, and puts what becomes of each into the ledger: together with the run, in
/// one write, so that there is never the one without the other, and never two runs of one fire.
@ApplicationScoped
public class Fires {

    private static final Logger LOG = Logger.getLogger(Fires.class);

    private final MainOrchestrator orchestrator;
    private final Gate gate;
    private final TriggerStore store;
    private final Journal journal;
    private final Locks locks;
    private final Ids ids;
    private final Tally tally;
    private final InstantSource clock;

    Fires(
            MainOrchestrator orchestrator,
            Gate gate,
            TriggerStore store,
            Journal journal,
            Locks locks,
            Ids ids,
            Tally tally,
            InstantSource clock) {
        this.orchestrator = orchestrator;
        this.gate = gate;
        this.store = store;
        this.journal = journal;
        this.locks = locks;
        this.ids = ids;
        this.tally = tally;
        this.clock = clock;
    }

    /// A fire on its way to its end.
    ///
    /// @param fire as the ledger will have it, still open
    /// @param facts what `trigger` says, besides its kind
    /// @param stored whether the ledger has it, open
    /// @param late why it comes after its time; null where it doesn't
    /// @param asked whether a person asked for this very run
    /// @param along what is written together with any end of it
    /// @param inputs of the run, instead of what the trigger's `inputs` give; null for those
    record Pending(
            Armed trigger,
            Fire fire,
            Map<String, @Nullable Object> facts,
            boolean stored,
            @Nullable String late,
            boolean asked,
            List<Change> along,
            @Nullable Map<String, @Nullable Object> inputs) {

        Pending(
                Armed trigger,
                Fire fire,
                Map<String, @Nullable Object> facts,
                boolean stored,
                @Nullable String late,
                boolean asked,
                List<Change> along) {
            this(trigger, fire, facts, stored, late, asked, along, null);
        }
    }

    /// Fires a trigger for something that came from outside. The ledger has it when this returns.
    ///
    /// @throws Refusal.Unavailable where nothing was written, and the same may be tried again
    public Fired fire(Armed trigger, Slot slot) {
        var known = store.fire(trigger.workflow(), trigger.id(), slot.key());
        if (known.isPresent()) {
            return new Fired(known.get(), true);
        }
        var fire = opened(trigger, slot.key(), slot.nominal(), slot.nominal(), null);
        var asked = slot.asked();
        return settle(
                new Pending(
                        trigger,
                        asked == null ? fire : fire.noted(asked.sentence()),
                        slot.facts(),
                        false,
                        null,
                        asked != null,
                        List.of(),
                        asked == null ? null : asked.inputs()));
    }

    Fire opened(Armed trigger, String slot, Instant nominal, Instant due, @Nullable Long backfill) {
        return new Fire(
                ids.next(),
                trigger.workflow(),
                trigger.id(),
                slot,
                nominal,
                due,
                State.DUE,
                null,
                null,
                null,
                backfill,
                null,
                clock.instant());
    }

    /// @throws Refusal.Unavailable where nothing was written
    Fired settle(Pending pending) {
        var trigger = pending.trigger();
        if (trigger.spec().maxActive() > 0) {
            return locks.within("trigger " + trigger.key(), () -> judged(pending));
        }
        return judged(pending);
    }

    private Fired judged(Pending pending) {
        var fire = pending.fire();
        var now = clock.instant();
        return switch (gate.judge(pending.trigger(), fire.nominal(), now, pending.asked())) {
            case Verdict.Skip(var cause, var reason) ->
                    record(pending, fire.ended(State.SKIPPED, cause, reason, null, now));
            case Verdict.Hold(var until, var reason) ->
                    record(pending, fire.held(until, reason, pending.facts()));
            case Verdict.Open(var along) -> start(pending, along);
        };
    }

    private Fired start(Pending pending, LongFunction<List<Change>> more) {
        var fire = pending.fire();
        try {
            var ended = new Fire[1];
            var request =
                    StartRequests.of(
                            pending,
                            clock.instant(),
                            run -> {
                                ended[0] = started(pending, run);
                                var changes = new ArrayList<Change>();
                                changes.add(change(pending, ended[0]));
                                changes.addAll(pending.along());
                                changes.addAll(more.apply(run));
                                return changes;
                            });
            var started = orchestrator.start(request);
            if (started.replayed() || ended[0] == null) {
                return known(fire, null);
            }
            tally.count(ended[0]);
            return new Fired(ended[0], false);
        } catch (Refusal.Unavailable later) {
            throw later;
        } catch (Refusal.Conflict taken) {
            return known(fire, skipped(pending, taken));
        } catch (Refusal.Invalid bad) {
            var first = bad.problems().isEmpty() ? "" : " " + bad.problems().getFirst().message();
            return missed(pending, bad.sentence() + first);
        } catch (Refusal refused) {
            return missed(pending, refused.sentence());
        } catch (ExpressionException unfit) {
            return missed(pending, "its inputs have no value: " + unfit.getMessage());
        } catch (RuntimeException failure) {
            LOG.errorf(
                    failure,
                    "Trigger '%s' of '%s' failed to start a run; its next fire comes all the same",
                    fire.trigger(),
                    fire.workflow());
            return missed(pending, "the run could not be started: " + failure.getMessage());
        }
    }

    /// Where the ledger has the fire by now, somebody else was first; otherwise the refusal was
    /// about the run.
    private Fired known(Fire fire, @Nullable Pending skipped) {
        var known = store.fire(fire.workflow(), fire.trigger(), fire.slot());
        if (known.isPresent() && known.get().state().ended()) {
            return new Fired(known.get(), true);
        }
        return skipped == null
                ? new Fired(known.orElse(fire), true)
                : record(skipped, skipped.fire());
    }

    private Pending skipped(Pending pending, Refusal.Conflict taken) {
        var end =
                pending.fire()
                        .ended(
                                State.SKIPPED,
                                Cause.OVERLAP,
                                taken.sentence(),
                                null,
                                clock.instant());
        return new Pending(
                pending.trigger(),
                end,
                pending.facts(),
                pending.stored(),
                pending.late(),
                pending.asked(),
                pending.along());
    }

    /// A fire that a calendar skips.
    void skip(Armed trigger, Fire fire, @Nullable String note, List<Change> along) {
        var end = fire.ended(State.SKIPPED, Cause.CALENDAR, note, null, clock.instant());
        record(new Pending(trigger, end, Map.of(), false, null, true, along), end);
    }

    private Fired missed(Pending pending, String sentence) {
        return record(
                pending,
                pending.fire().ended(State.MISSED, Cause.REFUSED, sentence, null, clock.instant()));
    }

    /// @throws Refusal.Unavailable where nothing was written
    private Fired record(Pending pending, Fire fire) {
        var changes = new ArrayList<Change>();
        changes.add(change(pending, fire));
        changes.addAll(pending.along());
        try {
            journal.write(changes).join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof Refusal.Conflict) {
                return known(fire, null);
            }
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
        tally.count(fire);
        return new Fired(fire, false);
    }

    private Fire started(Pending pending, long run) {
        var late = pending.late();
        return pending.fire()
                .ended(
                        late == null ? State.STARTED : State.CATCH_UP,
                        null,
                        late == null ? pending.fire().reason() : late,
                        run,
                        clock.instant());
    }

    private static Change change(Pending pending, Fire fire) {
        return pending.stored() ? new Change.FireSettled(fire) : new Change.Fired(fire);
    }
}
