package dev.leat.engine.report;

import dev.leat.engine.Plans;
import dev.leat.task.Refusal;
import dev.leat.workflow.TaskSpec;
import dev.leat.workflow.Workflow;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/// The tasks of the revision that a run is pinned to.
@ApplicationScoped
class PinnedWorkflows {

    private final Plans plans;

    PinnedWorkflows(Plans plans) {
        this.plans = plans;
    }

    /// In the document's order: the tasks, then `onFailure`, then `finally`. None where the
    /// revision can't be read any more.
    List<PlannedTask> tasks(long revision) {
        try {
            return sections(plans.of(revision).workflow());
        } catch (Refusal.NotFound | Refusal.Invalid | IllegalArgumentException unreadable) {
            return List.of();
        }
    }

    private static List<PlannedTask> sections(Workflow workflow) {
        var tasks = new ArrayList<PlannedTask>();
        workflow.tasks().forEach(task -> tasks.add(new PlannedTask(task, "tasks")));
        workflow.onFailure().forEach(task -> tasks.add(new PlannedTask(task, "onFailure")));
        workflow.last().forEach(task -> tasks.add(new PlannedTask(task, "finally")));
        return List.copyOf(tasks);
    }

    record PlannedTask(TaskSpec spec, String section) {}
}
