package dev.leat.engine.report;

import dev.leat.store.Revision;
import dev.leat.store.WorkflowStore;
import dev.leat.workflow.TaskSpec;
import dev.leat.workflow.Workflow;
import dev.leat.workflow.WorkflowLoader;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tasks of stored revisions. A revision never changes, so what was read lately is kept.
@ApplicationScoped
class PinnedWorkflows {

    private static final int KEPT = 64;

    private final WorkflowStore workflows;
    private final WorkflowLoader loader;
    private final Map<Long, List<PlannedTask>> kept =
            new LinkedHashMap<>(KEPT, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, List<PlannedTask>> eldest) {
                    return size() > KEPT;
                }
            };

    PinnedWorkflows(WorkflowStore workflows, WorkflowLoader loader) {
        this.workflows = workflows;
        this.loader = loader;
    }

    /// In the document's order: the tasks, then `onFailure`, then `finally`. None where the
    /// revision can't be read any more.
    List<PlannedTask> tasks(long revision) {
        synchronized (kept) {
            var known = kept.get(revision);
            if (known != null) {
                return known;
            }
        }
        var tasks = workflows.revision(revision).map(this::read).orElse(List.of());
        synchronized (kept) {
            kept.put(revision, tasks);
        }
        return tasks;
    }

    private List<PlannedTask> read(Revision revision) {
        var format = Format.valueOf(revision.format);
        var loaded = loader.load(new Source(revision.source, format, revision.origin));
        var workflow = loaded.workflow();
        return workflow == null ? List.of() : sections(workflow);
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
