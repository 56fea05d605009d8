package dev.leat.engine;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// What the engine does when the process starts and stops.
@Singleton
class Lifecycle {

    private final WorkflowExecutor executor;
    private final EngineConfig config;

    Lifecycle(WorkflowExecutor executor, EngineConfig config) {
        this.executor = executor;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (config.resume()) {
            executor.resumeAll();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        executor.drain();
    }
}
