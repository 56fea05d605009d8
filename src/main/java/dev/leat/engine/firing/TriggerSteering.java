package dev.leat.engine.firing;

import dev.leat.engine.Request;
import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.Locks;
import dev.leat.store.TriggerState;
import dev.leat.store.TriggerState.Pause;
import dev.leat.store.TriggerStore;
import dev.leat.task.Problem;
import dev.leat.task.Refusal;
import dev.leat.workflow.TriggerSpec;
import dev.leat.workflow.schedule.Occurrence;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What people do with triggers, whichever door they come by. Where a trigger stands isn't part of
/// its definition: what a file owns can be paused, too.
@ApplicationScoped
public class TriggerSteering {

    private static final Logger LOG = Logger.getLogger("dev.leat.triggers");
    private static final int LONGEST = 1_000;

    private final Triggers triggers;
    private final Fires fires;
    private final TriggerStore store;
    private final Journal journal;
    private final Locks locks;
    private final Ids ids;
    private final InstantSource clock;

    TriggerSteering(
            Triggers triggers,
            Fires fires,
            TriggerStore store,
            Journal journal,
            Locks locks,
            Ids ids,
            InstantSource clock) {
        this.triggers = triggers;
        this.fires = fires;
        this.store = store;
        this.journal = journal;
        this.locks = locks;
        this.ids = ids;
        this.clock = clock;
    }

    /// Nothing fires by it any more until somebody resumes it; the ledger has each fire that is
    /// skipped. On disk when this returns.
    ///
    /// @throws Refusal.NotFound
    /// @throws Refusal.Conflict where it is paused, with who did it
    public Armed pause(String workflow, String trigger, Request request) {
        refuseLong(request.why());
        return change(
                workflow,
                trigger,
                (state, now) -> {
                    var pause = state.pause();
                    // What paused itself would go on by itself; a person may want it to stay.
                    if (pause != null && pause.trialAt() == null) {
                        throw new Refusal.Conflict(
                                "Trigger '%s' of '%s' is paused already: by %s at %s%s."
                                        .formatted(
                                                trigger,
                                                workflow,
                                                pause.by() == null ? "somebody" : pause.by(),
                                                pause.at(),
                                                pause.why() == null ? "" : ", " + pause.why()));
                    }
                    LOG.infof(
                            "Trigger '%s' of '%s' is paused by %s%s.",
                            trigger, workflow, who(request), because(request));
                    return state.paused(new Pause(now, who(request), request.why(), null, null));
                });
    }

    /// It fires again, from now on; what it skipped isn't made up for.
    ///
    /// @throws Refusal.NotFound
    /// @throws Refusal.Conflict where it isn't paused
    public Armed resume(String workflow, String trigger, Request request) {
        return change(
                workflow,
                trigger,
                (state, now) -> {
                    if (state.pause() == null) {
                        throw new Refusal.Conflict(
                                "Trigger '%s' of '%s' isn't paused.".formatted(trigger, workflow));
                    }
                    LOG.infof(
                            "Trigger '%s' of '%s' is resumed by %s%s.",
                            trigger, workflow, who(request), because(request));
                    return state.resumed(now);
                });
    }

    /// Starts a run as if the trigger fired now, paused or not, and whatever calendars and
    /// blackouts say; what limits runs counts all the same.
    ///
    /// @param inputs of the run, instead of what the trigger's `inputs` give; null for those
    /// @return what came of it: there is a run
    /// @throws Refusal.NotFound
    /// @throws Refusal.Conflict where too many runs go on; the ledger has it, too
    /// @throws Refusal.Invalid where the run can't be started; the ledger has it, too
    public Fired fireNow(
            String workflow,
            String trigger,
            Request request,
            @Nullable Map<String, @Nullable Object> inputs) {
        refuseLong(request.why());
        var armed = triggers.get(workflow, trigger);
        var now = clock.instant();
        var asked = new Slot.Asked(who(request), request.why(), inputs);
        var slot =
                new Slot(
                        "asked " + Ids.text(ids.next()), now, facts(armed, now, asked.by()), asked);
        var fired = fires.fire(armed, slot);
        var reason = String.valueOf(fired.fire().reason());
        return switch (fired.fire().state()) {
            case STARTED, CATCH_UP -> fired;
            case MISSED ->
                    throw new Refusal.Invalid(
                            "Trigger '%s' of '%s' could not start a run: %s"
                                    .formatted(trigger, workflow, reason),
                            List.of(Problem.error("refused", "", reason)));
            case DUE, HELD, SKIPPED ->
                    throw new Refusal.Conflict(
                            "Trigger '%s' of '%s' starts no run now: %s."
                                    .formatted(trigger, workflow, reason));
        };
    }

    private static Map<String, @Nullable Object> facts(Armed trigger, Instant now, String by) {
        var facts =
                trigger.spec().kind() instanceof TriggerSpec.Clock
                        ? ClockFires.facts(
                                new Occurrence(now, now, Occurrence.Mark.EXACT, null, false),
                                false,
                                false)
                        : new LinkedHashMap<String, @Nullable Object>();
        facts.put("askedBy", by);
        return facts;
    }

    private interface Next {
        TriggerState of(TriggerState state, Instant now);
    }

    /// One at a time, over all nodes: what another has done counts.
    private Armed change(String workflow, String trigger, Next next) {
        var armed = triggers.get(workflow, trigger);
        armed.standing().turn().lock();
        try {
            armed.standing()
                    .change(locks.within("steer " + armed.key(), () -> changed(armed, next)));
        } finally {
            armed.standing().turn().unlock();
        }
        triggers.refresh(workflow);
        return triggers.get(workflow, trigger);
    }

    private TriggerState changed(Armed armed, Next next) {
        var known = store.state(armed.workflow(), armed.id()).orElse(armed.state());
        var changed = next.of(known, clock.instant());
        write(new Change.TriggerSaved(changed));
        return changed;
    }

    private void write(Change change) {
        try {
            journal.write(List.of(change)).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    private static void refuseLong(@Nullable String why) {
        if (why != null && why.length() > LONGEST) {
            throw new Refusal.Invalid(
                    "A reason has at most %d characters.".formatted(LONGEST), List.of());
        }
    }

    private static String who(Request request) {
        return request.by() == null ? request.via() : request.by();
    }

    private static String because(Request request) {
        return request.why() == null ? "" : ": " + request.why();
    }
}
