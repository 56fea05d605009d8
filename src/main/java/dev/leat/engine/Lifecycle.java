package dev.leat.engine;

import dev.leat.store.Membership;
import dev.leat.store.Signals;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/// What the engine does when the process starts and stops, and when it hears of other nodes.
@Singleton
class Lifecycle {

    private final WorkflowExecutor executor;
    private final Dispatcher dispatcher;
    private final Cancellations cancellations;
    private final RunRequests requests;
    private final AwaitedRuns awaited;
    private final Pools pools;
    private final Membership membership;
    private final Signals signals;
    private final AttemptRunner runner;
    private final Subflows subflows;
    private final Definitions definitions;
    private final EngineConfig config;

    Lifecycle(
            WorkflowExecutor executor,
            Dispatcher dispatcher,
            Cancellations cancellations,
            RunRequests requests,
            AwaitedRuns awaited,
            Pools pools,
            Membership membership,
            Signals signals,
            AttemptRunner runner,
            Subflows subflows,
            Definitions definitions,
            EngineConfig config) {
        this.executor = executor;
        this.dispatcher = dispatcher;
        this.cancellations = cancellations;
        this.requests = requests;
        this.awaited = awaited;
        this.pools = pools;
        this.membership = membership;
        this.signals = signals;
        this.runner = runner;
        this.subflows = subflows;
        this.definitions = definitions;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        membership.listen(new Fate());
        membership.load(executor::load);
        signals.listen(new News());
        runner.children(subflows);
        if (config.resume()) {
            dispatcher.start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        drain();
    }

    /// Takes nothing new, and lets go of what runs: it is others' then, or the next start's. Safe
    /// to repeat.
    void drain() {
        membership.drain();
        dispatcher.stop();
        executor.drain();
    }

    private final class Fate implements Membership.Listener {

        @Override
        public void lost(String why, Duration left) {
            executor.letGo("this node has lost its runs: " + why, left);
        }

        @Override
        public void workIsLeft() {
            dispatcher.wake();
        }
    }

    /// Told on a thread that has no time.
    private final class News implements Signals.Listener {

        @Override
        public void work() {
            dispatcher.wake();
        }

        @Override
        public void pool() {
            executor.threads().execute(pools::serveAll);
        }

        @Override
        public void ended(long run) {
            executor.threads().execute(() -> awaited.look(run));
            dispatcher.wake();
        }

        @Override
        public void answer(long run) {
            executor.threads().execute(() -> executor.answered(run));
        }

        @Override
        public void cancel(long run) {
            executor.threads().execute(() -> cancellations.told(run));
        }

        @Override
        public void workflow(String workflow) {
            executor.threads().execute(() -> definitions.changed(workflow));
        }

        @Override
        public void asked(long run) {
            executor.threads().execute(() -> requests.told(run));
        }
    }
}
