package dev.leat.engine.report;

import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run as every door shows it. Times are UTC, durations milliseconds.
///
/// @param id 13 letters and digits; sorts by the time the run was made
/// @param revision the number of the workflow's text that the run is pinned to
/// @param reason why it is where it is, one sentence
/// @param error why it failed: `code`, `message`, the `task` that decided it, its `attempt`,
///     `causes`
/// @param priority larger goes first where runs wait; 0 is ordinary
/// @param rerunOf the run it was made from; null where it wasn't
/// @param reruns the runs that were made from it, oldest first; told where one run is asked for
/// @param node the id of the node that carries it, or carried it last; null where none has
/// @param taskCounts how many tasks of each state
/// @param warning whether the run succeeded although a task failed
@RegisterForReflection
public record RunReport(
        String id,
        String workflow,
        int revision,
        RunState state,
        @Nullable String reason,
        boolean warning,
        String trigger,
        Map<String, @Nullable Object> triggerFacts,
        @Nullable String startedBy,
        Map<String, String> labels,
        Map<String, @Nullable Object> inputs,
        @Nullable Map<String, @Nullable Object> outputs,
        @Nullable Map<String, @Nullable Object> error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant cancelRequestedAt,
        @Nullable Long durationMillis,
        int priority,
        @Nullable String rerunOf,
        List<String> reruns,
        @Nullable String node,
        int taskCount,
        Map<TaskState, Integer> taskCounts,
        List<TaskReport> tasks) {

    RunReport withReruns(List<String> made) {
        return new RunReport(
                id,
                workflow,
                revision,
                state,
                reason,
                warning,
                trigger,
                triggerFacts,
                startedBy,
                labels,
                inputs,
                outputs,
                error,
                createdAt,
                startedAt,
                finishedAt,
                cancelRequestedAt,
                durationMillis,
                priority,
                rerunOf,
                made,
                node,
                taskCount,
                taskCounts,
                tasks);
    }
}
