package dev.leat.engine.firing;

import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.Plans;
import dev.leat.store.Change;
import dev.leat.store.Journal;
import dev.leat.store.Membership;
import dev.leat.store.TriggerState;
import dev.leat.store.TriggerStore;
import dev.leat.store.WorkflowStore;
import dev.leat.task.Refusal;
import dev.leat.workflow.TriggerSpec;
import dev.leat.workflow.TriggerSpec.AfterWorkflow;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// The triggers of all current revisions, in memory. Follows what is saved and deleted, here and on
/// other nodes.
@ApplicationScoped
public class Triggers {

    private static final Logger LOG = Logger.getLogger(Triggers.class);

    /// Before workflow files are looked at, so that what they change is noticed.
    private static final int BEFORE_THE_DOORS = 4_000;

    private final MainOrchestrator orchestrator;
    private final Plans plans;
    private final WorkflowStore workflows;
    private final TriggerStore store;
    private final Journal journal;
    private final Membership membership;
    private final InstantSource clock;

    /// By workflow, then by trigger, in the definition's order.
    private final Map<String, Map<String, Armed>> armed = new ConcurrentSkipListMap<>();

    /// Those that wait for the runs of a workflow, by that workflow.
    private volatile Map<String, List<Armed>> followers = Map.of();

    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /// Whether all of them were read: a process in which nothing fires reads them once it is asked.
    private volatile boolean loaded;

    private volatile boolean stale;

    Triggers(
            MainOrchestrator orchestrator,
            Plans plans,
            WorkflowStore workflows,
            TriggerStore store,
            Journal journal,
            Membership membership,
            InstantSource clock) {
        this.orchestrator = orchestrator;
        this.plans = plans;
        this.workflows = workflows;
        this.store = store;
        this.journal = journal;
        this.membership = membership;
        this.clock = clock;
    }

    void start(@Observes @Priority(BEFORE_THE_DOORS) StartupEvent event) {
        orchestrator.whenWorkflowChanged(this::refresh);
    }

    /// All of them, by workflow.
    public List<Armed> all() {
        ensureLoaded();
        return armed.values().stream().flatMap(each -> each.values().stream()).toList();
    }

    public List<Armed> of(String workflow) {
        ensureLoaded();
        return List.copyOf(armed.getOrDefault(workflow, Map.of()).values());
    }

    public Optional<Armed> find(String workflow, String trigger) {
        ensureLoaded();
        return Optional.ofNullable(armed.getOrDefault(workflow, Map.of()).get(trigger));
    }

    /// @throws Refusal.NotFound with what there is
    public Armed get(String workflow, String trigger) {
        return find(workflow, trigger)
                .orElseThrow(
                        () -> {
                            var known =
                                    of(workflow).stream()
                                            .map(Armed::id)
                                            .collect(Collectors.joining(", "));
                            return new Refusal.NotFound(
                                    "Workflow '%s' has no trigger '%s'.%s"
                                            .formatted(
                                                    workflow,
                                                    trigger,
                                                    known.isEmpty()
                                                            ? ""
                                                            : " It has: " + known + "."));
                        });
    }

    /// Called with a workflow whose triggers are others now, or stand elsewhere.
    public void whenChanged(Consumer<String> listener) {
        listeners.add(listener);
    }

    /// Those that start runs when a run of the workflow ends.
    Collection<Armed> after(String workflow) {
        return followers.getOrDefault(workflow, List.of());
    }

    /// Whether some have changed since they were read, as the database was away just then.
    public boolean stale() {
        return stale;
    }

    private void ensureLoaded() {
        if (!loaded) {
            load();
        }
    }

    /// Reads all of them anew.
    public synchronized void load() {
        long asOf = System.nanoTime();
        var states = store.states().stream().collect(Collectors.groupingBy(TriggerState::workflow));
        var sources = store.sources();
        var known = sources.stream().map(TriggerStore.Source::workflow).toList();
        armed.keySet().retainAll(known);
        var changes = new ArrayList<Change>();
        for (var source : sources) {
            load(
                    source.workflow(),
                    source.revision(),
                    states.getOrDefault(source.workflow(), List.of()),
                    asOf,
                    changes);
        }
        loaded = true;
        stale = false;
        keep(changes);
        index();
    }

    /// Reads those of one workflow anew.
    public void refresh(String workflow) {
        try {
            read(workflow);
        } catch (Refusal.Unavailable away) {
            stale = true;
            LOG.warnf("The triggers of '%s' are read later: %s", workflow, away.sentence());
        }
        listeners.forEach(listener -> listener.accept(workflow));
    }

    private synchronized void read(String workflow) {
        long asOf = System.nanoTime();
        // First, so that what a newer revision has just added isn't taken for forgotten.
        var states = store.states(workflow);
        var current = workflows.current(workflow);
        var changes = new ArrayList<Change>();
        var followed = follows(workflow);
        if (current.isPresent()) {
            load(workflow, current.get().id(), states, asOf, changes);
        } else {
            armed.remove(workflow);
            forget(states, changes);
        }
        keep(changes);
        if (followed || follows(workflow)) {
            index();
        }
    }

    private boolean follows(String workflow) {
        return armed.getOrDefault(workflow, Map.of()).values().stream()
                .anyMatch(each -> each.spec().kind() instanceof AfterWorkflow);
    }

    private void load(
            String workflow,
            long revision,
            List<TriggerState> states,
            long asOf,
            List<Change> changes) {
        try {
            var specs = specs(workflow, revision);
            var number = workflows.current(workflow).map(each -> each.number()).orElse(0);
            var before = armed.getOrDefault(workflow, Map.of());
            var found = new LinkedHashMap<String, Armed>();
            for (var spec : specs) {
                var state = state(workflow, spec, revision, states, changes);
                var known = before.get(spec.id());
                var standing = Standing.of(known == null ? null : known.standing(), state, asOf);
                found.put(spec.id(), new Armed(workflow, revision, number, spec, standing));
            }
            if (found.isEmpty()) {
                armed.remove(workflow);
            } else {
                armed.put(workflow, found);
            }
            forget(
                    states.stream().filter(state -> !found.containsKey(state.trigger())).toList(),
                    changes);
        } catch (Refusal.NotFound | Refusal.Invalid | IllegalStateException unreadable) {
            LOG.warnf(
                    "The triggers of '%s' can't be read and don't fire: %s",
                    workflow, unreadable.getMessage());
            armed.remove(workflow);
        }
    }

    /// A revision that was read before isn't read again.
    private List<TriggerSpec> specs(String workflow, long revision) {
        var known = List.copyOf(armed.getOrDefault(workflow, Map.of()).values());
        return known.isEmpty() || known.getFirst().revisionId() != revision
                ? plans.of(revision).workflow().triggers()
                : known.stream().map(Armed::spec).toList();
    }

    /// Where the definition says something else of the trigger than it did, fires count from now
    /// on: what the new words would have meant in the past is nobody's expectation.
    private TriggerState state(
            String workflow,
            TriggerSpec spec,
            long revision,
            List<TriggerState> states,
            List<Change> changes) {
        var hash = Standing.hash(spec);
        var stored = states.stream().filter(each -> each.trigger().equals(spec.id())).findFirst();
        if (stored.isPresent() && stored.get().hash().equals(hash)) {
            return stored.get();
        }
        var now = clock.instant();
        var state =
                new TriggerState(
                        workflow,
                        spec.id(),
                        hash,
                        revision,
                        now,
                        stored.map(TriggerState::countedFrom).orElse(now),
                        stored.map(TriggerState::pause).orElse(null));
        changes.add(new Change.TriggerSaved(state));
        return state;
    }

    private static void forget(List<TriggerState> gone, List<Change> changes) {
        gone.forEach(
                state ->
                        changes.add(
                                new Change.TriggerForgotten(state.workflow(), state.trigger())));
    }

    /// On disk before any of them can fire, so that a start that follows knows since when each
    /// counts.
    private void keep(List<Change> changes) {
        if (changes.isEmpty() || !membership.holds()) {
            return;
        }
        try {
            journal.write(changes).join();
        } catch (CompletionException failure) {
            LOG.warnf("Where triggers stand isn't kept: %s", failure.getMessage());
        }
    }

    private void index() {
        var index = new LinkedHashMap<String, List<Armed>>();
        var known = armed.values().stream().flatMap(each -> each.values().stream()).toList();
        for (var each : known) {
            if (each.spec().kind() instanceof AfterWorkflow(var upstream, _)) {
                index.computeIfAbsent(upstream, _ -> new ArrayList<>()).add(each);
            }
        }
        followers = index;
    }
}
