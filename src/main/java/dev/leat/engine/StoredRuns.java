package dev.leat.engine;

import dev.leat.store.ErrorJson;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.store.Run;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.workflow.Plan;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads back what is on disk of an unfinished run.
@ApplicationScoped
class StoredRuns {

    private final RunStore runs;
    private final EngineConfig config;

    StoredRuns(RunStore runs, EngineConfig config) {
        this.runs = runs;
        this.config = config;
    }

    StoredRun read(Run run) {
        var outputs = runs.outputs(run.id);
        var tasks = new HashMap<String, StoredRun.StoredTask>();
        for (var row : runs.tasks(run.id)) {
            var output = outputs.get(row.task);
            var error = row.error == null ? null : ErrorJson.task(row.error);
            tasks.put(
                    row.task,
                    new StoredRun.StoredTask(
                            row,
                            error,
                            output == null || !row.hasOutput ? null : Json.read(output)));
        }
        var error = run.error == null ? null : ErrorJson.run(run.error);
        var startedAt = StoredRun.instant(run.startedAt == null ? run.createdAt : run.startedAt);
        var timedOut = error != null && error.code().equals("run-timeout");
        return new StoredRun(
                startedAt,
                run.cancelRequestedAt != null,
                timedOut,
                run.state == RunState.PAUSED,
                error,
                tasks);
    }

    RunContext context(Run run, Plan plan) {
        var trigger = TriggerFacts.seen(run.trigger, Json.readObject(run.triggerFacts));
        var context =
                new RunContext(
                        plan.workflow(), Json.readObject(run.inputs), trigger, facts(run, plan));
        context.largestOutput(config.maxOutputBytes());
        return context;
    }

    /// The facts of a run that expressions see as `run`, but its start.
    Map<String, @Nullable Object> facts(Run run, Plan plan) {
        return facts(run.id, plan, run.revisionNumber, run.trigger, Json.readObject(run.labels));
    }

    Map<String, @Nullable Object> facts(
            long run, Plan plan, int revision, String trigger, Map<String, ?> labels) {
        var facts = new HashMap<String, @Nullable Object>();
        facts.put("id", Ids.text(run));
        facts.put("workflow", plan.workflow().qualifiedId());
        facts.put("namespace", plan.workflow().namespace());
        facts.put("revision", (long) revision);
        facts.put("trigger", trigger);
        facts.put("labels", labels);
        facts.put("url", config.url() + "/runs/" + Ids.text(run));
        return facts;
    }
}
