package dev.leat.engine;

import dev.leat.store.Revision;
import dev.leat.store.WorkflowStore;
import dev.leat.task.Refusal;
import dev.leat.workflow.Plan;
import dev.leat.workflow.WorkflowLoader;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import dev.leat.workflow.WorkflowResolver;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The plans of stored revisions. A revision never changes, so neither does its plan; the latest
/// ones are kept.
@ApplicationScoped
public class Plans {

    private static final int KEPT = 200;

    private final WorkflowStore workflows;
    private final WorkflowLoader loader;
    private final WorkflowResolver resolver;
    private final Map<Long, Plan> plans =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(KEPT, 0.75f, true) {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<Long, Plan> eldest) {
                            return size() > KEPT;
                        }
                    });

    Plans(WorkflowStore workflows, WorkflowLoader loader, WorkflowResolver resolver) {
        this.workflows = workflows;
        this.loader = loader;
        this.resolver = resolver;
    }

    /// @throws Refusal.NotFound
    /// @throws Refusal.Invalid where the stored text can't be read any more at all
    public Plan of(long revision) {
        var known = plans.get(revision);
        return known != null
                ? known
                : of(
                        workflows
                                .revision(revision)
                                .orElseThrow(
                                        () -> new Refusal.NotFound("There is no such revision.")));
    }

    /// The revision was good when it was stored, so new problems, such as a plugin that is gone,
    /// are left for the task to meet.
    public Plan of(Revision revision) {
        var known = plans.get(revision.id);
        if (known != null) {
            return known;
        }
        var name = revision.workflow + " revision " + revision.number;
        var loaded =
                loader.load(new Source(revision.source, Format.valueOf(revision.format), name));
        if (loaded.workflow() == null) {
            throw new Refusal.Invalid(
                    "Revision "
                            + revision.number
                            + " of '"
                            + revision.workflow
                            + "' can't be read.",
                    loaded.problems());
        }
        var plan = resolver.resolve(loaded.workflow());
        plans.put(revision.id, plan);
        return plan;
    }

    void remember(long revision, Plan plan) {
        plans.put(revision, plan);
    }
}
