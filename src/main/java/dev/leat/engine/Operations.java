package dev.leat.engine;

import dev.leat.store.Ids;
import dev.leat.store.Operation;
import dev.leat.store.Operation.Action;
import dev.leat.store.Run;
import dev.leat.store.RunStore;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people do with runs once they are there, whichever door they come by. Each is kept with who
/// and why, in the same write as its effect. Ending a run is [MainOrchestrator#cancel].
@ApplicationScoped
public class Operations {

    private final RunRequests requests;
    private final RunStore runs;
    private final Ids ids;
    private final InstantSource clock;

    Operations(RunRequests requests, RunStore runs, Ids ids, InstantSource clock) {
        this.requests = requests;
        this.runs = runs;
        this.ids = ids;
        this.clock = clock;
    }

    /// Nothing new of the run begins, and what runs ends. Safe to repeat.
    ///
    /// @throws Refusal.NotFound
    /// @throws Refusal.Conflict where the run has ended, or is being ended
    public Run pause(long run, Request request) {
        return ask(run, Action.PAUSE, null, Map.of(), request);
    }

    /// A paused run goes on.
    ///
    /// @throws Refusal.NotFound
    /// @throws Refusal.Conflict where it isn't paused
    public Run resume(long run, Request request) {
        return ask(run, Action.RESUME, null, Map.of(), request);
    }

    private Run ask(
            long run,
            Action action,
            @Nullable String task,
            Map<String, @Nullable Object> details,
            Request request) {
        requests.request(operation(run, action, task, details, request));
        return existing(run);
    }

    private Operation operation(
            long run,
            Action action,
            @Nullable String task,
            Map<String, @Nullable Object> details,
            Request request) {
        return request.operation(ids.next(), run, action, task, details, clock.instant());
    }

    private Run existing(long run) {
        return runs.run(run)
                .orElseThrow(() -> new Refusal.NotFound("There is no run " + Ids.text(run) + "."));
    }
}
