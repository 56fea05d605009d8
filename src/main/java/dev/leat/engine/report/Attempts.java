package dev.leat.engine.report;

import dev.leat.engine.report.TaskReport.Attempt;
import dev.leat.store.TaskState;
import dev.leat.store.Transition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads attempts out of transitions: each begins with RUNNING and ends with what comes next.
final class Attempts {

    private Attempts() {}

    /// By task, in order.
    static Map<String, List<Attempt>> of(List<Transition> transitions) {
        var begun = new HashMap<String, Transition>();
        var attempts = new HashMap<String, List<Attempt>>();
        for (var step : transitions) {
            if (step.task == null) {
                continue;
            }
            var start = begun.remove(step.task);
            if (start != null) {
                var known = attempts.computeIfAbsent(step.task, _ -> new ArrayList<>());
                known.add(ended(start, step));
            }
            // A task with items has no attempts of its own.
            if (step.state.equals(TaskState.RUNNING.name()) && step.attempt > 0) {
                begun.put(step.task, step);
            }
        }
        begun.forEach(
                (task, start) ->
                        attempts.computeIfAbsent(task, _ -> new ArrayList<>()).add(running(start)));
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

    private static Attempt running(Transition start) {
        return new Attempt(
                start.attempt,
                TaskState.RUNNING,
                Times.instant(start.at),
                null,
                null,
                start.reason,
                null,
                null);
    }
}
