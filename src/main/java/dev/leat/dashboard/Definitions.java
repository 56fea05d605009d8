package dev.leat.dashboard;

import dev.leat.plugin.TaskRegistry;
import dev.leat.store.Revision;
import dev.leat.store.WorkflowHead;
import dev.leat.store.WorkflowStore;
import dev.leat.task.Problem;
import dev.leat.task.Refusal;
import dev.leat.workflow.Workflow;
import dev.leat.workflow.WorkflowLoader;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Loaded;
import dev.leat.workflow.WorkflowLoader.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The stored definitions, read. What was read lately is kept until the task types change.
@ApplicationScoped
class Definitions {

    private static final int KEPT = 128;
    private static final int NAMES_TOLD = 8;

    private final WorkflowStore workflows;
    private final WorkflowLoader loader;
    private final TaskRegistry types;
    private final Map<Key, Loaded> kept =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<Key, Loaded> eldest) {
                            return size() > KEPT;
                        }
                    });

    Definitions(WorkflowStore workflows, WorkflowLoader loader, TaskRegistry types) {
        this.workflows = workflows;
        this.loader = loader;
        this.types = types;
    }

    /// A workflow's current definition.
    ///
    /// @throws Refusal.NotFound
    Definition current(String id) {
        var head =
                workflows
                        .workflow(id)
                        .filter(known -> !known.deleted)
                        .orElseThrow(() -> unknown(id));
        var revision =
                head.revision == null
                        ? workflows.revision(id, head.revisionNumber)
                        : workflows.revision(head.revision);
        return read(head, revision.orElseThrow(() -> unknown(id)));
    }

    /// A workflow with one of its earlier definitions.
    ///
    /// @param number 0 for the current one
    /// @throws Refusal.NotFound
    Definition of(String id, int number) {
        var current = current(id);
        if (number == 0 || number == current.revision().number) {
            return current;
        }
        return read(current.head(), revision(id, number));
    }

    /// @throws Refusal.NotFound
    Revision revision(String id, int number) {
        return workflows
                .revision(id, number)
                .orElseThrow(
                        () ->
                                new Refusal.NotFound(
                                        "Workflow '%s' has no revision %d.".formatted(id, number)));
    }

    private Definition read(WorkflowHead head, Revision revision) {
        var loaded = load(revision);
        return new Definition(head, revision, loaded.workflow(), loaded.problems());
    }

    private Loaded load(Revision revision) {
        var key = new Key(revision.id, types.generation());
        var known = kept.get(key);
        if (known != null) {
            return known;
        }
        var format = Format.valueOf(revision.format);
        var loaded = loader.load(new Source(revision.source, format, revision.origin));
        kept.put(key, loaded);
        return loaded;
    }

    private Refusal unknown(String id) {
        var names = workflows.current().stream().map(head -> head.id).limit(NAMES_TOLD).toList();
        var known = names.isEmpty() ? "There are none yet." : "Known: " + String.join(", ", names);
        return new Refusal.NotFound("There is no workflow '%s'. %s".formatted(id, known));
    }

    /// @param workflow null where the text can't be read any more
    record Definition(
            WorkflowHead head,
            Revision revision,
            @Nullable Workflow workflow,
            List<Problem> problems) {}

    private record Key(long revision, long generation) {}
}
