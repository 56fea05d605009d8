package dev.leat.engine.firing;

import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.firing.Fires.Pending;
import dev.leat.store.Change;
import dev.leat.store.Fire;
import dev.leat.store.Fire.Cause;
import dev.leat.store.Fire.State;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.Json;
import dev.leat.store.Run;
import dev.leat.store.RunFeed;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.TriggerStore;
import dev.leat.task.Refusal;
import dev.leat.workflow.TriggerSpec.AfterWorkflow;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Fires that are in the ledger and have no end yet: those that a blackout holds, and those that
/// followed from the end of another workflow's run, noted together with that end.
@ApplicationScoped
public class OpenFires {

    private static final Logger LOG = Logger.getLogger(OpenFires.class);
    private static final int BEFORE_THE_DOORS = 4_000;
    private static final int AT_A_TIME = 500;

    private final MainOrchestrator orchestrator;
    private final Triggers triggers;
    private final Fires fires;
    private final Ownership ownership;
    private final TriggerStore store;
    private final RunStore runs;
    private final RunFeed feed;
    private final Journal journal;
    private final Ids ids;
    private final InstantSource clock;
    private final AtomicBoolean noticed = new AtomicBoolean();

    OpenFires(
            MainOrchestrator orchestrator,
            Triggers triggers,
            Fires fires,
            Ownership ownership,
            TriggerStore store,
            RunStore runs,
            RunFeed feed,
            Journal journal,
            Ids ids,
            InstantSource clock) {
        this.orchestrator = orchestrator;
        this.triggers = triggers;
        this.fires = fires;
        this.ownership = ownership;
        this.store = store;
        this.runs = runs;
        this.feed = feed;
        this.journal = journal;
        this.ids = ids;
        this.clock = clock;
    }

    void start(@Observes @Priority(BEFORE_THE_DOORS) StartupEvent event) {
        orchestrator.whenRunEnds(this::following);
    }

    /// Calls back, on a thread that must not be kept, each time that there is one to settle by now.
    public void whenNoticed(Runnable action) {
        feed.followAll(
                step -> {
                    if (step.task == null && noticed.get() && noticed.getAndSet(false)) {
                        action.run();
                    }
                });
    }

    private List<Change> following(long run, String workflow, RunState state, Instant at) {
        var after = triggers.after(workflow);
        if (after.isEmpty()) {
            return List.of();
        }
        var changes = new ArrayList<Change>();
        for (var trigger : after) {
            if (trigger.spec().kind() instanceof AfterWorkflow(_, var states)
                    && states.contains(state.name())) {
                changes.add(new Change.FireNoticed(fire(trigger, run, at)));
                noticed.set(true);
            }
        }
        return changes;
    }

    private Fire fire(Armed trigger, long run, Instant at) {
        return new Fire(
                ids.next(),
                trigger.workflow(),
                trigger.id(),
                Ids.text(run),
                at,
                at,
                State.DUE,
                null,
                null,
                null,
                null,
                Map.of("run", Map.of("id", Ids.text(run))),
                at);
    }

    /// Settles those of this node's triggers that are due.
    ///
    /// @return whether there may be more
    public boolean settle() {
        var due = store.open(clock.instant(), AT_A_TIME);
        var settled = 0;
        for (var fire : due) {
            if (ownership.has(Armed.key(fire.workflow(), fire.trigger()).hashCode())) {
                try {
                    settle(fire);
                    settled++;
                } catch (Refusal.Unavailable later) {
                    LOG.debugf("An open fire is settled later: %s", later.sentence());
                    return false;
                } catch (RuntimeException poison) {
                    LOG.errorf(
                            poison,
                            "A fire of trigger '%s' of '%s' can't be settled; the others are",
                            fire.trigger(),
                            fire.workflow());
                }
            }
        }
        return settled > 0 && due.size() == AT_A_TIME;
    }

    private void settle(Fire fire) {
        var trigger = triggers.find(fire.workflow(), fire.trigger());
        if (trigger.isEmpty()) {
            var gone =
                    fire.ended(
                            State.SKIPPED,
                            Cause.DISABLED,
                            "the workflow has no such trigger any more",
                            null,
                            clock.instant());
            journal.write(List.of(new Change.FireSettled(gone))).join();
            return;
        }
        var held = fire.state() == State.HELD;
        var facts = fire.facts() == null ? Map.<String, @Nullable Object>of() : fire.facts();
        fires.settle(
                new Pending(
                        trigger.get(),
                        held ? fire : fire.noted(null),
                        withRun(facts),
                        true,
                        null,
                        false,
                        List.of()));
    }

    /// What a workflow's run left behind is read when it is needed, and not copied before.
    private Map<String, @Nullable Object> withRun(Map<String, @Nullable Object> facts) {
        if (!(facts.get("run") instanceof Map<?, ?> named
                && named.get("id") instanceof String id)) {
            return facts;
        }
        var whole = new LinkedHashMap<>(facts);
        runs.run(Ids.parse(id)).ifPresent(run -> whole.put("run", facts(run)));
        return whole;
    }

    private static Map<String, @Nullable Object> facts(Run run) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("id", Ids.text(run.id));
        facts.put("workflow", run.workflow);
        facts.put("state", run.state.name());
        facts.put("inputs", Json.readToShow(run.inputs));
        facts.put("outputs", run.outputs == null ? null : Json.readToShow(run.outputs));
        facts.put("labels", Json.readToShow(run.labels));
        return facts;
    }
}
