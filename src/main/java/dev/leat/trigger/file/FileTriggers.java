package dev.leat.trigger.file;

import dev.leat.engine.firing.Armed;
import dev.leat.engine.firing.Fires;
import dev.leat.engine.firing.Triggers;
import dev.leat.store.TriggerStore;
import dev.leat.workflow.TriggerSpec.File;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Keeps a watch on the folder of each trigger of type `file`, for as long as there is such a
/// trigger. Every node looks; the ledger lets one of them start the run.
@ApplicationScoped
class FileTriggers {

    private static final int AFTER_WORKFLOW_FILES = 6_000;

    /// Files that came this long before the ledger forgets are left alone: it must never forget one
    /// that would then fire again.
    private static final Duration MARGIN = Duration.ofDays(1);

    private final Triggers triggers;
    private final Fires fires;
    private final TriggerStore store;
    private final FileTriggerConfig config;
    private final FileRoots roots;
    private final Duration kept;
    private final InstantSource clock;
    private final boolean on;
    private volatile boolean started;
    private final Map<Place, FolderLoop> loops = new HashMap<>();

    FileTriggers(
            Triggers triggers,
            Fires fires,
            TriggerStore store,
            FileTriggerConfig config,
            InstantSource clock,
            @ConfigProperty(name = "leat.serving") boolean serving,
            @ConfigProperty(name = "leat.triggers.enabled", defaultValue = "true") boolean enabled,
            @ConfigProperty(name = "leat.triggers.keep-fires", defaultValue = "90d")
                    Duration kept) {
        this.triggers = triggers;
        this.fires = fires;
        this.store = store;
        this.config = config;
        this.roots = new FileRoots(config.fileRoots().orElse(List.of()));
        this.kept = kept;
        this.clock = clock;
        this.on = serving && enabled;
    }

    /// Where a trigger looks for what; while that stays, its watch stays, whatever else changes.
    private record Place(String workflow, String trigger, String directory, String glob) {}

    /// The scheduler ticks before there are tables.
    void start(@Observes @Priority(AFTER_WORKFLOW_FILES) StartupEvent event) {
        started = on;
    }

    @Scheduled(
            every = "1s",
            identity = "file-triggers",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        if (started) {
            follow();
        }
    }

    /// Begins to watch for triggers that are new, and ends for those that are gone.
    synchronized void follow() {
        var now = new HashMap<Place, Armed>();
        for (var armed : triggers.all()) {
            if (armed.spec().kind() instanceof File file) {
                now.put(place(armed, file), armed);
            }
        }
        loops.entrySet()
                .removeIf(
                        entry -> {
                            var gone = !now.containsKey(entry.getKey());
                            if (gone) {
                                entry.getValue().close();
                            }
                            return gone;
                        });
        now.forEach(
                (place, armed) ->
                        loops.computeIfAbsent(
                                        place,
                                        _ ->
                                                FolderLoop.start(
                                                        folder(armed), config.filePoll(), clock))
                                .armed(armed));
    }

    private static Place place(Armed armed, File file) {
        return new Place(armed.workflow(), armed.id(), file.directory(), file.glob());
    }

    private WatchedFolder folder(Armed armed) {
        var oldest = clock.instant().minus(kept).plus(MARGIN);
        return new WatchedFolder(armed, roots, fires, store, clock, config.mostFiles(), oldest);
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        started = false;
        loops.values().forEach(FolderLoop::close);
        loops.clear();
    }
}
