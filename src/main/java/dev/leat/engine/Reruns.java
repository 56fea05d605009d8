package dev.leat.engine;

import dev.leat.engine.MainOrchestrator.Definition;
import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.engine.MainOrchestrator.Started;
import dev.leat.engine.Operations.Mark;
import dev.leat.engine.Operations.Rerun;
import dev.leat.engine.StoredRun.StoredTask;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.store.Run;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.TaskRun;
import dev.leat.store.TaskState;
import dev.leat.task.Refusal;
import dev.leat.workflow.Plan;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes new runs from runs that have ended. A run's end is final; what it has done is taken over.
@ApplicationScoped
class Reruns {

    private static final int TASKS_TOLD = 50;

    private final MainOrchestrator orchestrator;
    private final RunStore runs;
    private final Ids ids;

    Reruns(MainOrchestrator orchestrator, RunStore runs, Ids ids) {
        this.orchestrator = orchestrator;
        this.runs = runs;
        this.ids = ids;
    }

    /// @throws Refusal
    Started rerun(Rerun asked) {
        var old =
                runs.run(asked.run())
                        .orElseThrow(
                                () ->
                                        new Refusal.NotFound(
                                                "There is no run " + Ids.text(asked.run()) + "."));
        refuseUnfinished(old);
        refuseNothing(old, asked);
        var request = asked.request();
        var start =
                new StartRun(
                        old.workflow,
                        null,
                        asked.revision() == null ? old.revisionNumber : asked.revision(),
                        asked.inputs() == null ? Json.readObject(old.inputs) : asked.inputs(),
                        Labels.labels(old),
                        request.via(),
                        Json.readObject(old.triggerFacts),
                        request.by(),
                        asked.idempotencyKey(),
                        old.priority);
        return orchestrator.start(start, definition -> remake(old, asked, definition));
    }

    private static void refuseUnfinished(Run old) {
        if (!old.state.terminal()) {
            throw new Refusal.Conflict(
                    "Run %s hasn't ended: it is %s. Cancel it, or wait, and run it again then."
                            .formatted(Ids.text(old.id), old.state));
        }
    }

    private static void refuseNothing(Run old, Rerun asked) {
        if (old.state == RunState.SUCCESS
                && asked.from().equals(Kept.FAILED)
                && asked.marks().isEmpty()) {
            throw new Refusal.Conflict(
                    "Nothing of run %s failed. Say from where: 'start', or a task."
                            .formatted(Ids.text(old.id)));
        }
    }

    private Remake remake(Run old, Rerun asked, Definition definition) {
        var plan = definition.plan();
        refuseUnknown(plan, asked.marks());
        var rows =
                runs.tasks(old.id).stream().collect(Collectors.toMap(row -> row.task, row -> row));
        Predicate<String> succeeded =
                task -> rows.containsKey(task) && isKept(rows.get(task).state);
        var kept = Kept.of(plan.tasks(), asked.from(), succeeded, asked.marks().keySet());
        var outputs = kept.isEmpty() ? Map.<String, String>of() : runs.outputs(old.id);
        var tasks = new LinkedHashMap<String, StoredTask>();
        for (var spec : plan.tasks().tasks()) {
            var mark = asked.marks().get(spec.id());
            if (mark != null) {
                tasks.put(spec.id(), marked(spec.id(), mark, asked.request()));
            } else if (kept.contains(spec.id())) {
                tasks.put(spec.id(), kept(old, rows.get(spec.id()), outputs.get(spec.id())));
            }
        }
        return new Remake(
                old.id,
                tasks,
                details(
                        old,
                        asked,
                        definition,
                        tasks.keySet().stream().filter(kept::contains).toList()),
                asked.request(),
                new Remake.OperationIds(ids.next(), ids.next()));
    }

    private static boolean isKept(TaskState state) {
        return state == TaskState.SUCCESS || state == TaskState.SKIPPED;
    }

    private static void refuseUnknown(Plan plan, Map<String, Mark> marks) {
        for (var task : marks.keySet()) {
            if (plan.tasks().numberOf(task) < 0) {
                throw new Refusal.Invalid(
                        "'%s' can't be marked: it is none of the workflow's tasks.".formatted(task),
                        List.of());
            }
        }
    }

    private static StoredTask kept(Run old, @Nullable TaskRun row, @Nullable String output) {
        if (row == null) {
            throw new IllegalStateException("a task is kept that never was");
        }
        var kept = new TaskRun();
        kept.task = row.task;
        kept.state = row.state;
        kept.reason = "kept from run " + Ids.text(old.id);
        return new StoredTask(
                kept, null, output == null || !row.hasOutput ? null : Json.read(output));
    }

    private static StoredTask marked(String task, Mark mark, Request request) {
        var checked = mark.checked(task, request);
        var row = new TaskRun();
        row.task = task;
        row.state = checked.state();
        row.reason = checked.sentence();
        return new StoredTask(row, checked.error(), checked.output());
    }

    private static Map<String, @Nullable Object> details(
            Run old, Rerun asked, Definition definition, List<String> kept) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("from", asked.from());
        details.put("kept", kept.size() > TASKS_TOLD ? kept.subList(0, TASKS_TOLD) : kept);
        details.put("keptCount", (long) kept.size());
        if (definition.number() != old.revisionNumber) {
            details.put("revision", (long) definition.number());
        }
        if (asked.inputs() != null) {
            details.put("inputs", "replaced");
            if (!kept.isEmpty()) {
                details.put("warning", "the kept tasks had the inputs of run " + Ids.text(old.id));
            }
        }
        if (!asked.marks().isEmpty()) {
            var marks = new LinkedHashMap<String, @Nullable Object>();
            asked.marks()
                    .forEach(
                            (task, mark) ->
                                    marks.put(task, mark.checked(task, asked.request()).details()));
            details.put("mark", marks);
        }
        return details;
    }
}
