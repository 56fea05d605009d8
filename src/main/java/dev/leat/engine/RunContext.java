package dev.leat.engine;

import dev.leat.store.Change.RunError;
import dev.leat.store.Json;
import dev.leat.task.TaskError;
import dev.leat.workflow.TaskSpec;
import dev.leat.workflow.Workflow;
import dev.leat.workflow.expression.ExpressionException;
import dev.leat.workflow.expression.Template;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The global context of a run: everything its expressions can see. Read by many threads; a task's
/// output appears once the task has ended, and those that may name it start after that.
final class RunContext implements Template.Scope {

    private final Workflow workflow;
    private final Map<String, @Nullable Object> inputs;
    private final Map<String, @Nullable Object> trigger;
    private final Map<String, @Nullable Object> run;
    private volatile Map<String, @Nullable Object> vars = Map.of();
    private volatile @Nullable Map<String, @Nullable Object> error;
    private volatile int largestOutput = Integer.MAX_VALUE;
    private volatile TasksView tasks = new TasksView(List.of());

    /// @param run the facts of the run but its start
    RunContext(
            Workflow workflow,
            Map<String, @Nullable Object> inputs,
            Map<String, @Nullable Object> trigger,
            Map<String, @Nullable Object> run) {
        this.workflow = workflow;
        this.inputs = inputs;
        this.trigger = trigger;
        this.run = Collections.synchronizedMap(new LinkedHashMap<>(run));
    }

    void watch(List<Phase> phases) {
        tasks = new TasksView(phases);
    }

    void startedAt(Instant at) {
        run.put("startedAt", at);
    }

    void error(@Nullable RunError failure) {
        error = failure == null ? null : ErrorView.of(failure);
    }

    @Override
    public @Nullable Object root(String name) {
        return switch (name) {
            case "inputs" -> inputs;
            case "vars" -> vars;
            case "tasks" -> tasks;
            case "run" -> run;
            case "trigger" -> trigger;
            case "error" -> error;
            default -> null;
        };
    }

    /// What the expressions of a task see: those of an item its item, and those of a task that is
    /// repeated what it gave back before.
    Template.Scope of(TaskCell task) {
        if (task.group == null && task.spec.repeat() == null) {
            return this;
        }
        return name ->
                switch (name) {
                    case "item" -> task.item;
                    case "index" -> (long) task.index;
                    case "output" -> task.output;
                    case "repetition" -> (long) task.repetition;
                    default -> root(name);
                };
    }

    String workflowId() {
        return workflow.qualifiedId();
    }

    void largestOutput(int bytes) {
        largestOutput = bytes;
    }

    /// Whether an output isn't too large to be kept.
    boolean fits(@Nullable Object output) {
        return largestOutput == Integer.MAX_VALUE
                || Utf8.length(Json.write(output)) <= largestOutput;
    }

    /// The same context with another `error`.
    Template.Scope withError(Map<String, @Nullable Object> failure) {
        return name -> name.equals("error") ? failure : root(name);
    }

    /// Evaluates the workflow's `vars`; a later one may name an earlier one.
    Evaluated vars() {
        return evaluate("vars", workflow.vars(), partial -> vars = partial);
    }

    Evaluated outputs() {
        return evaluate("outputs", workflow.outputs(), partial -> {});
    }

    Condition condition(TaskSpec task) {
        if (task.when() == null) {
            return new Condition.Met();
        }
        try {
            return switch (task.when().evaluate(this)) {
                case Boolean met when met -> new Condition.Met();
                case Boolean _ ->
                        new Condition.NotMet("its condition is false: " + task.when().source());
                case null -> brokenCondition("it is null");
                case Object other -> brokenCondition("it is " + other);
            };
        } catch (ExpressionException failure) {
            return new Condition.Broken(
                    TaskError.permanent(failure.code(), "when: " + failure.getMessage()));
        }
    }

    private static Condition brokenCondition(String what) {
        return new Condition.Broken(
                TaskError.permanent("expression", "'when' must be true or false, and " + what));
    }

    private Evaluated evaluate(
            String key,
            Map<String, Template> templates,
            Consumer<Map<String, @Nullable Object>> progress) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (var entry : templates.entrySet()) {
            try {
                values.put(entry.getKey(), entry.getValue().evaluate(this));
                progress.accept(Collections.unmodifiableMap(new LinkedHashMap<>(values)));
            } catch (ExpressionException failure) {
                var sentence = key + "." + entry.getKey() + ": " + failure.getMessage();
                return new Evaluated.Broken(TaskError.permanent(failure.code(), sentence));
            }
        }
        return new Evaluated.Values(values);
    }

    sealed interface Evaluated {
        record Values(Map<String, @Nullable Object> values) implements Evaluated {}

        record Broken(TaskError failure) implements Evaluated {}
    }

    sealed interface Condition {
        record Met() implements Condition {}

        record NotMet(String why) implements Condition {}

        record Broken(TaskError failure) implements Condition {}
    }
}
