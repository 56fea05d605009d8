package dev.leat.engine.firing;

import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.Request;
import dev.leat.engine.firing.Fires.Pending;
import dev.leat.store.Backfill;
import dev.leat.store.Backfill.State;
import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.RunFeed;
import dev.leat.store.TriggerStore;
import dev.leat.task.Refusal;
import dev.leat.workflow.schedule.Occurrence;
import dev.leat.workflow.schedule.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Runs for a range of a trigger's moments, past or to come: asked for by people, started a few at
/// a time, and in the ledger like all others.
@ApplicationScoped
public class Backfills {

    /// The most moments that one backfill may have.
    public static final int MOST_MOMENTS = 10_000;

    /// The most runs of a backfill that may be unfinished at once.
    public static final int MOST_AT_ONCE = 100;

    private static final Logger LOG = Logger.getLogger(Backfills.class);
    private static final int MOST_CANCELLED = 1_000;

    private final Triggers triggers;
    private final ClockFires clockFires;
    private final Fires fires;
    private final Ownership ownership;
    private final MainOrchestrator orchestrator;
    private final TriggerStore store;
    private final Journal journal;
    private final Ids ids;
    private final RunFeed feed;
    private final InstantSource clock;

    /// Runs started here that are unfinished, as far as is known.
    private final Set<Long> going = ConcurrentHashMap.newKeySet();

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    Backfills(
            Triggers triggers,
            ClockFires clockFires,
            Fires fires,
            Ownership ownership,
            MainOrchestrator orchestrator,
            TriggerStore store,
            Journal journal,
            Ids ids,
            RunFeed feed,
            InstantSource clock) {
        this.triggers = triggers;
        this.clockFires = clockFires;
        this.fires = fires;
        this.ownership = ownership;
        this.orchestrator = orchestrator;
        this.store = store;
        this.journal = journal;
        this.ids = ids;
        this.feed = feed;
        this.clock = clock;
    }

    /// The moments that a backfill would start runs for, in order; those that a calendar skips are
    /// among them, marked.
    ///
    /// @param from the first that counts
    /// @param to the first that doesn't any more
    /// @throws Refusal.NotFound where there is no such trigger
    /// @throws Refusal.Invalid where it doesn't go by the clock, or there are too many or none
    public List<Occurrence> preview(String workflow, String trigger, Instant from, Instant to) {
        var schedule = schedule(triggers.get(workflow, trigger));
        if (!from.isBefore(to)) {
            throw new Refusal.Invalid("A backfill goes from a moment to a later one.", List.of());
        }
        var moments = new ArrayList<Occurrence>();
        var next = schedule.after(from.minusNanos(1_000));
        while (next.isPresent() && next.get().nominal().isBefore(to)) {
            if (moments.size() == MOST_MOMENTS) {
                throw new Refusal.Invalid(
                        "From %s to %s there are more than %d moments of trigger '%s'. Ask for a part of them."
                                .formatted(from, to, MOST_MOMENTS, trigger),
                        List.of());
            }
            moments.add(next.get());
            next = schedule.after(next.get().nominal());
        }
        return moments;
    }

    private Schedule schedule(Armed trigger) {
        return clockFires
                .schedule(trigger)
                .orElseThrow(
                        () ->
                                new Refusal.Invalid(
                                        "Trigger '%s' doesn't go by the clock, so it has no moments to make up for."
                                                .formatted(trigger.id()),
                                        List.of()));
    }

    /// Begins one. It is on disk when this returns, and goes on whatever happens.
    ///
    /// @param atOnce how many of its runs may be unfinished; with 1 they go in order
    /// @throws Refusal as [#preview]
    public Backfill begin(
            String workflow,
            String trigger,
            Instant from,
            Instant to,
            int atOnce,
            Request request) {
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new Refusal.Invalid(
                    "From 1 to %d runs of a backfill go on at once.".formatted(MOST_AT_ONCE),
                    List.of());
        }
        var moments = preview(workflow, trigger, from, to);
        if (moments.isEmpty()) {
            throw new Refusal.Invalid(
                    "Trigger '%s' has no moment from %s to %s.".formatted(trigger, from, to),
                    List.of());
        }
        var backfill =
                new Backfill(
                        ids.next(),
                        workflow,
                        trigger,
                        from,
                        to,
                        atOnce,
                        moments.size(),
                        0,
                        null,
                        State.RUNNING,
                        null,
                        request.by(),
                        request.via(),
                        request.why(),
                        clock.instant(),
                        null);
        save(backfill);
        listeners.forEach(Runnable::run);
        return backfill;
    }

    public Backfill get(long id) {
        return store.backfill(id)
                .orElseThrow(
                        () -> new Refusal.NotFound("There is no backfill " + Ids.text(id) + "."));
    }

    /// Starts no more of its runs.
    ///
    /// @param runs whether those that go on are cancelled, too
    /// @throws Refusal.NotFound
    /// @throws Refusal.Conflict where it has ended
    public Backfill cancel(long id, boolean runs, Request request) {
        var backfill = get(id);
        if (backfill.state() != State.RUNNING) {
            throw new Refusal.Conflict(
                    "Backfill %s has ended already: %s.".formatted(Ids.text(id), backfill.state()));
        }
        var sentence =
                "cancelled by %s%s"
                        .formatted(
                                request.by() == null ? request.via() : request.by(),
                                request.why() == null ? "" : ": " + request.why());
        save(backfill.ended(State.CANCELLED, sentence, clock.instant()));
        if (runs) {
            cancelRuns(backfill, request);
        }
        return get(id);
    }

    private void cancelRuns(Backfill backfill, Request request) {
        for (long run : store.activeRunsOf(backfill.id(), MOST_CANCELLED)) {
            try {
                orchestrator.cancel(
                        run,
                        request.because("backfill " + Ids.text(backfill.id()) + " was cancelled"));
            } catch (Refusal ended) {
                LOG.debugf("Run %s ended by itself.", Ids.text(run));
            }
        }
    }

    /// Calls back, on a thread that must not be kept, each time that a run has ended which a
    /// backfill waits for, and when one begins.
    public void whenOneEnds(Runnable action) {
        listeners.add(action);
        feed.followAll(
                step -> {
                    if (step.endsRun() && going.remove(step.run)) {
                        action.run();
                    }
                });
    }

    /// Goes on with those that this node sees to, as far as they may.
    public void drive() {
        for (var backfill : store.runningBackfills()) {
            if (ownership.has(backfill.id())) {
                try {
                    drive(backfill);
                } catch (Refusal.Unavailable later) {
                    return;
                } catch (RuntimeException poison) {
                    LOG.errorf(
                            poison,
                            "Backfill %s can't go on; the others do",
                            Ids.text(backfill.id()));
                }
            }
        }
    }

    private void drive(Backfill begun) {
        var trigger = triggers.find(begun.workflow(), begun.trigger());
        var schedule = trigger.flatMap(clockFires::schedule);
        if (trigger.isEmpty() || schedule.isEmpty()) {
            save(
                    begun.ended(
                            State.FAILED,
                            "the workflow has no such trigger any more",
                            clock.instant()));
            return;
        }
        var backfill = begun;
        var active = store.activeRunsOf(backfill.id(), MOST_AT_ONCE).size();
        var room = Math.min(backfill.atOnce() - active, room(trigger.get()));
        while (room > 0) {
            var next = next(backfill, schedule.get());
            if (next == null) {
                if (active == 0) {
                    save(backfill.ended(State.DONE, null, clock.instant()));
                }
                return;
            }
            backfill = backfill.settled(next.nominal());
            if (settle(backfill, trigger.get(), next)) {
                room--;
                active++;
            }
        }
    }

    /// A moment waits for the trigger to have room again: it was asked for, and isn't skipped.
    private int room(Armed trigger) {
        var most = trigger.spec().maxActive();
        return most == 0
                ? Integer.MAX_VALUE
                : most - store.activeRuns(trigger.workflow(), trigger.id(), most).size();
    }

    private static @Nullable Occurrence next(Backfill backfill, Schedule schedule) {
        var cursor = backfill.cursor();
        var after = cursor == null ? backfill.from().minusNanos(1_000) : cursor;
        return schedule.after(after)
                .filter(each -> each.nominal().isBefore(backfill.to()))
                .orElse(null);
    }

    /// @return whether it has a run
    private boolean settle(Backfill backfill, Armed trigger, Occurrence moment) {
        var slot = "backfill " + Ids.text(backfill.id()) + " " + moment.nominal();
        var fire = fires.opened(trigger, slot, moment.nominal(), clock.instant(), backfill.id());
        var along = List.<Change>of(new Change.BackfillSaved(backfill));
        if (moment.skipped()) {
            fires.skip(trigger, fire, moment.note(), along);
            return false;
        }
        var fired =
                fires.settle(
                        new Pending(
                                trigger,
                                moment.note() == null ? fire : fire.noted(moment.note()),
                                ClockFires.facts(moment, false, true),
                                false,
                                null,
                                true,
                                along));
        var run = fired.fire().run();
        if (run != null) {
            going.add(run);
        }
        return run != null;
    }

    private void save(Backfill backfill) {
        try {
            journal.write(List.of(new Change.BackfillSaved(backfill))).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }
}
