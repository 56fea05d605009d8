package dev.leat.engine;

import dev.leat.engine.Answers.Given;
import dev.leat.store.RunState;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.task.Problem;
import dev.leat.task.Refusal;
import dev.leat.task.TaskError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a run of another workflow means for the task that starts it. Without effects, so that tests
/// of workflows go by the same rules as runs.
final class SubflowRules {

    /// A workflow that starts itself without end is stopped here.
    private static final int DEEPEST = 32;

    static final String TRIGGER = "subflow";

    private SubflowRules() {}

    /// @param depth how many runs are above the one to be started, without its parent
    static boolean tooDeep(int depth) {
        return depth >= DEEPEST;
    }

    static Outcome refusedAsTooDeep() {
        return Outcome.failed(
                TaskError.permanent(
                        "subflow.depth",
                        "there are %d runs above this one already; does a workflow start itself?"
                                .formatted(DEEPEST)));
    }

    static Outcome refused(Refusal.Invalid inputs) {
        return Outcome.failed(TaskError.permanent("subflow.inputs", sentence(inputs)));
    }

    /// An id without a namespace is looked for in the parent's first, and then in the default one.
    static List<String> candidates(String parent, String named) {
        var namespace = parent.lastIndexOf('.');
        return namespace > 0 && named.indexOf('.') < 0
                ? List.of(parent.substring(0, namespace + 1) + named, named)
                : List.of(named);
    }

    /// Waiting for a run of which everything is decided.
    static Outcome.Awaiting pinned(
            Outcome.Awaiting waiting,
            Awaited.Run child,
            String workflow,
            int revision,
            String run) {
        return new Outcome.Awaiting(
                new Awaited.Run(workflow, revision, child.inputs(), child.labels(), run),
                "waits for run %s of '%s', revision %d".formatted(run, workflow, revision),
                waiting.until(),
                waiting.late());
    }

    /// What the child's expressions see as `trigger`, beside its kind.
    static Map<String, @Nullable Object> trigger(
            String run, String task, String workflow, int depth) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("run", run);
        facts.put("task", task);
        facts.put("workflow", workflow);
        facts.put("depth", (long) depth + 1);
        return facts;
    }

    /// What the end of a run means for the task that waited for it.
    ///
    /// @param outputs of a run that has succeeded
    /// @param error code, task and message of one that hasn't; may be empty
    static Given given(
            String run,
            String workflow,
            RunState state,
            @Nullable Object outputs,
            Map<String, ?> error) {
        if (state == RunState.SUCCESS) {
            return new Given(Outcome.succeeded(outputs), "run " + run + " succeeded");
        }
        var message = error.get("message");
        var sentence =
                "run %s of '%s' ended %s%s"
                        .formatted(run, workflow, state, message == null ? "" : ": " + message);
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("run", run);
        details.put("workflow", workflow);
        details.put("state", state.name());
        details.put("code", error.get("code"));
        details.put("task", error.get("task"));
        var failure =
                new TaskError(
                        "subflow." + state.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        sentence,
                        state != RunState.CANCELLED,
                        null,
                        details,
                        List.of());
        return new Given(Outcome.failed(failure), sentence);
    }

    /// With every problem, where there are some.
    static String sentence(Refusal refusal) {
        if (refusal instanceof Refusal.Invalid invalid && !invalid.problems().isEmpty()) {
            return refusal.sentence()
                    + " "
                    + invalid.problems().stream()
                            .filter(Problem::isError)
                            .map(problem -> problem.pointer() + ": " + problem.message())
                            .collect(Collectors.joining("; "));
        }
        return refusal.sentence();
    }
}
