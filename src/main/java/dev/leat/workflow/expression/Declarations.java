package dev.leat.workflow.expression;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known where an expression stands. Immutable; each `with…` answers a changed copy that
/// shares the rest.
///
/// A task's expressions: `Declarations.of("inputs", "vars", "tasks", "run",
/// "secrets").withInputs(schema).withVars(types) .withTasks(outputs)` once for the workflow, then
/// `.at("load", Set.of("fetch"))` for each task, and `.withItem("item")` within its `forEach`.
///
/// @param roots which of `inputs vars tasks run trigger item index secrets error output repetition`
/// may be named
/// @param inputs the JSON Schema of the inputs; empty where anything goes
/// @param vars what is known of each as a JSON Schema, by its name; empty where it can be anything
/// @param tasks the JSON Schema of each known task's output, by the task's id; empty where it can
/// be anything
/// @param task where the expression stands, for messages; null outside of tasks
/// @param upstream the tasks whose outputs can be used here; null for all
/// @param item how the `item` root is called here
/// @param trigger the type of the trigger that `trigger` is about; null where it can be any
public record Declarations(
        Set<String> roots,
        Map<String, @Nullable Object> inputs,
        Map<String, Map<String, @Nullable Object>> vars,
        Map<String, Map<String, @Nullable Object>> tasks,
        @Nullable String task,
        @Nullable Set<String> upstream,
        String item,
        @Nullable String trigger) {

    /// Every root there is.
    public static final Set<String> ROOTS =
            Collections.unmodifiableSet(
                    new LinkedHashSet<>(
                            List.of(
                                    "inputs",
                                    "vars",
                                    "tasks",
                                    "run",
                                    "trigger",
                                    "item",
                                    "index",
                                    "secrets",
                                    "error",
                                    "output",
                                    "repetition")));

    public static Declarations of(String... roots) {
        return new Declarations(
                Set.of(roots), Map.of(), Map.of(), Map.of(), null, null, "item", null);
    }

    public Declarations withInputs(Map<String, @Nullable Object> schema) {
        return new Declarations(roots, schema, vars, tasks, task, upstream, item, trigger);
    }

    public Declarations withVars(Map<String, Map<String, @Nullable Object>> types) {
        return new Declarations(roots, inputs, types, tasks, task, upstream, item, trigger);
    }

    public Declarations withTasks(Map<String, Map<String, @Nullable Object>> outputs) {
        return new Declarations(roots, inputs, vars, outputs, task, upstream, item, trigger);
    }

    /// The same at a task that comes after others.
    public Declarations at(String newTask, Set<String> newUpstream) {
        return new Declarations(roots, inputs, vars, tasks, newTask, newUpstream, item, trigger);
    }

    /// The same for each item of a `forEach`: `index` and the item's root, called `name`, exist
    /// too.
    public Declarations withItem(String name) {
        var more = new HashSet<>(roots);
        more.add("item");
        more.add("index");
        return new Declarations(
                Set.copyOf(more), inputs, vars, tasks, task, upstream, name, trigger);
    }

    /// The same where the run comes of a trigger of this type, such as `cron`.
    public Declarations withTrigger(String type) {
        return new Declarations(roots, inputs, vars, tasks, task, upstream, item, type);
    }

    /// The same with more roots.
    public Declarations with(String... more) {
        var all = new HashSet<>(roots);
        Collections.addAll(all, more);
        return new Declarations(
                Set.copyOf(all), inputs, vars, tasks, task, upstream, item, trigger);
    }
}
