package dev.leat.engine;

import dev.leat.engine.MainOrchestrator.Started;
import dev.leat.store.Ids;
import dev.leat.store.Operation;
import dev.leat.store.Operation.Action;
import dev.leat.store.Run;
import dev.leat.store.RunStore;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What people do with runs once they are there, whichever door they come by. Each is kept with who
/// and why, in the same write as its effect. Ending a run is [MainOrchestrator#cancel].
@ApplicationScoped
public class Operations {

    private final RunRequests requests;
    private final Reruns reruns;
    private final Plans plans;
    private final Labels labels;
    private final RunStore runs;
    private final Ids ids;
    private final InstantSource clock;

    Operations(
            RunRequests requests,
            Reruns reruns,
            Plans plans,
            Labels labels,
            RunStore runs,
            Ids ids,
            InstantSource clock) {
        this.requests = requests;
        this.reruns = reruns;
        this.plans = plans;
        this.labels = labels;
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

    /// A task of an unfinished run is to have ended in that way: an attempt that runs is stopped
    /// first. The run goes on as if it had ended so by itself.
    ///
    /// @throws Refusal.NotFound
    /// @throws Refusal.Invalid where it can't be marked so
    /// @throws Refusal.Conflict where the task or the run has ended, or is being ended
    public Run mark(long run, String task, Mark mark, Request request) {
        var details = mark.checked(task, request).details();
        refuseUnknownTask(existing(run), task);
        var action = "SKIPPED".equals(details.get("state")) ? Action.SKIP : Action.MARK;
        return ask(run, action, task, details, request);
    }

    /// Makes a new run from one that has ended, and takes over what it has done.
    ///
    /// @throws Refusal
    public Started rerun(Rerun asked) {
        return reruns.rerun(asked);
    }

    /// Changes a run's labels, whatever state it is in.
    ///
    /// @throws Refusal.NotFound
    /// @throws Refusal.Invalid where they would be too many or too long
    public Run label(long run, Map<String, String> set, Set<String> remove, Request request) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("set", set);
        details.put("remove", remove.stream().sorted().toList());
        labels.change(operation(run, Action.LABEL, null, details, request), set, remove);
        return existing(run);
    }

    /// How a task is to have ended.
    ///
    /// @param state `SUCCESS`, `FAILED` or `SKIPPED`
    /// @param output with SUCCESS only; null for none
    /// @param message with FAILED only; null for one of ours
    public record Mark(String state, @Nullable Object output, @Nullable String message) {

        TaskMark checked(String task, Request request) {
            return TaskMark.checked(task, state, output, message, request.who(), request.why());
        }
    }

    /// @param run that has ended
    /// @param from `failed`: keep what succeeded; `start`: keep nothing; or a task: do that and
    /// what comes after it again, too
    /// @param inputs instead of the run's; null for the same
    /// @param revision its number, 0 for the current one; null for the run's own
    /// @param marks tasks that are to have ended as somebody says, by id
    /// @param idempotencyKey null for none
    public record Rerun(
            long run,
            String from,
            @Nullable Map<String, @Nullable Object> inputs,
            @Nullable Integer revision,
            Map<String, Mark> marks,
            @Nullable String idempotencyKey,
            Request request) {

        public Rerun {
            marks = Map.copyOf(marks);
        }

        /// What failed, once more.
        public static Rerun ofFailed(long run, Request request) {
            return new Rerun(run, Kept.FAILED, null, null, Map.of(), null, request);
        }
    }

    private void refuseUnknownTask(Run run, String task) {
        var plan = plans.of(run.revision);
        var known =
                Stream.of(plan.tasks(), plan.onFailure(), plan.last())
                        .anyMatch(graph -> graph.numberOf(task) >= 0);
        if (!known && runs.task(run.id, task).isEmpty()) {
            throw new Refusal.NotFound(
                    "Run %s has no task '%s'.".formatted(Ids.text(run.id), task));
        }
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
