package dev.leat.api;

import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.firing.Tally;
import dev.leat.store.Fire;
import dev.leat.store.Journal;
import dev.leat.store.Membership;
import dev.leat.store.RunFeed;
import dev.leat.store.RunLogs;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import dev.leat.store.Transition;
import dev.leat.store.TriggerStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Numbers for those who watch many servers. Labels have few values: states, never names.
@ApplicationScoped
class Metrics {

    private static final Set<String> RUN_ENDS =
            Set.of("SUCCESS", "FAILED", "CANCELLED", "TIMED_OUT");

    /// Further ones aren't counted.
    private static final int MOST_OPEN = 100_000;

    private final MeterRegistry registry;
    private final Journal journal;
    private final Membership membership;
    private final MainOrchestrator orchestrator;
    private final RunFeed feed;
    private final Tally fires;
    private final TriggerStore triggers;
    private final Set<Attempt> running = ConcurrentHashMap.newKeySet();
    private RunLogs.@Nullable Subscription subscription;

    Metrics(
            MeterRegistry registry,
            Journal journal,
            Membership membership,
            MainOrchestrator orchestrator,
            RunFeed feed,
            Tally fires,
            TriggerStore triggers) {
        this.registry = registry;
        this.journal = journal;
        this.membership = membership;
        this.orchestrator = orchestrator;
        this.feed = feed;
        this.fires = fires;
        this.triggers = triggers;
    }

    private record Attempt(long run, String task) {}

    void start(@Observes StartupEvent event) {
        Gauge.builder("leat.attempts.running", running, Set::size)
                .description("Attempts of tasks that run now")
                .register(registry);
        Gauge.builder("leat.journal.queued", journal, own -> own.statistics().queued())
                .description("Changes that wait to be written")
                .register(registry);
        Gauge.builder("leat.slots.running", membership, own -> own.load().running())
                .description("Slots of this node that attempts have")
                .register(registry);
        Gauge.builder("leat.slots.total", membership, own -> own.load().slots())
                .description("Attempts that may run at once on this node")
                .register(registry);
        Gauge.builder("leat.nodes.live", membership, Membership::carrying)
                .description("Nodes that carry runs, as far as this one has heard")
                .register(registry);
        Gauge.builder("leat.runs.waiting", orchestrator, MainOrchestrator::waiting)
                .description("Runs that wait for a node or for their turn, on all nodes")
                .register(registry);
        FunctionCounter.builder("leat.journal.commits", journal, own -> own.statistics().commits())
                .description("Transactions of the journal")
                .register(registry);
        FunctionCounter.builder(
                        "leat.journal.transitions", journal, own -> own.statistics().transitions())
                .description("Changes of state that were written")
                .register(registry);
        fires();
        subscription = feed.followAll(this::count);
    }

    private void fires() {
        for (var state : Fire.State.values()) {
            if (state.ended()) {
                FunctionCounter.builder("leat.fires", fires, tally -> tally.of(state))
                        .tag("state", word(state))
                        .description("Fires of triggers that came to this end here")
                        .register(registry);
            }
        }
        Gauge.builder("leat.fires.open", triggers, store -> store.openFires(MOST_OPEN))
                .description("Fires that are held or about to start a run, on all nodes")
                .register(registry);
    }

    @PreDestroy
    void stop() {
        if (subscription != null) {
            subscription.close();
        }
    }

    /// By one thread at a time, the one that commits.
    private void count(Transition step) {
        if (step.task == null) {
            if (RUN_ENDS.contains(step.state)) {
                registry.counter("leat.runs.ended", "state", word(RunState.valueOf(step.state)))
                        .increment();
            }
            return;
        }
        var state = TaskState.valueOf(step.state);
        var attempt = new Attempt(step.run, step.task);
        if (state == TaskState.RUNNING) {
            running.add(attempt);
        } else {
            running.remove(attempt);
        }
        if (state.terminal()) {
            registry.counter("leat.tasks.ended", "state", word(state)).increment();
        }
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
