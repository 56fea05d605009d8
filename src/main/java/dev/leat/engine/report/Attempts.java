package dev.leat.engine.report;

import dev.leat.engine.report.TaskReport.Attempt;
import dev.leat.store.TaskState;
import dev.leat.store.Transition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads attempts out of transitions: each begins with RUNNING and ends with what comes next; a
/// wait for an answer or a moment belongs to it.
final class Attempts {

    private Attempts() {}

    /// By task, in order.
    static Map<String, List<Attempt>> of(List<Transition> transitions) {
        var begun = new HashMap<String, Transition>();
        var waiting = new HashMap<String, Transition>();
        var attempts = new HashMap<String, List<Attempt>>();
        for (var step : transitions) {
            if (step.task == null) {
                continue;
            }
            var start = begun.get(step.task);
            if (start != null && step.state.equals(TaskState.WAITING.name())) {
                // It goes on while it waits, unless it turns out to be repeated.
                waiting.put(step.task, step);
                continue;
            }
            begun.remove(step.task);
            var wait = waiting.remove(step.task);
            if (start != null) {
                var known = attempts.computeIfAbsent(step.task, _ -> new ArrayList<>());
                var repeated = wait != null && step.state.equals(TaskState.RUNNING.name());
                known.add(repeated ? repeated(start, wait) : ended(start, step));
            }
            // A task with items has no attempts of its own.
            if (step.state.equals(TaskState.RUNNING.name()) && step.attempt > 0) {
                begun.put(step.task, step);
            }
        }
        begun.forEach(
                (task, start) ->
                        attempts.computeIfAbsent(task, _ -> new ArrayList<>())
                                .add(running(start, waiting.get(task))));
        return attempts;
    }

    private static Attempt ended(Transition start, Transition end) {
        var retrying = end.state.equals(TaskState.RETRYING.name());
        return new Attempt(
                start.attempt,
                // What is tried again has failed; RETRYING is the task's state, not the attempt's.
                retrying ? TaskState.FAILED : TaskState.valueOf(end.state),
                Times.instant(start.at),
                Times.instant(end.at),
                (end.at - start.at) / 1_000,
                end.reason,
                Texts.object(end.error),
                retrying ? Times.instant(end.dueAt) : null);
    }

    /// It succeeded, and the task waits for its next repetition.
    private static Attempt repeated(Transition start, Transition end) {
        return new Attempt(
                start.attempt,
                TaskState.SUCCESS,
                Times.instant(start.at),
                Times.instant(end.at),
                (end.at - start.at) / 1_000,
                end.reason,
                null,
                null);
    }

    /// @param wait what it waits for; null while it runs
    private static Attempt running(Transition start, @Nullable Transition wait) {
        return new Attempt(
                start.attempt,
                wait == null ? TaskState.RUNNING : TaskState.WAITING,
                Times.instant(start.at),
                null,
                null,
                wait == null ? start.reason : wait.reason,
                null,
                null);
    }
}
