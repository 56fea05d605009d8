package dev.leat.workflow;

import dev.leat.plugin.TaskType;
import dev.leat.workflow.expression.Declarations;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What can be named where the caret is, as far as the unfinished text tells: the same as
/// [WorkflowReader] declares for a finished one.
final class CompletionScope {

    private static final List<String> SECTIONS = List.of("tasks", "onFailure", "finally");

    private final LooseDocument document;
    private final Function<String, Optional<TaskType>> types;

    CompletionScope(LooseDocument document, Function<String, Optional<TaskType>> types) {
        this.document = document;
        this.types = types;
    }

    /// The ids of the tasks in the list that the path leads into, without its own.
    List<String> neighbours(List<Object> path) {
        var own = own(path);
        return path.isEmpty()
                ? List.of()
                : ids(String.valueOf(path.getFirst())).stream()
                        .filter(id -> !id.equals(own))
                        .toList();
    }

    /// The id of the task that the path leads into; empty where there is none.
    String own(List<Object> path) {
        return isTask(path) && document.object(path.subList(0, 2)).get("id") instanceof String id
                ? id
                : "";
    }

    static boolean isTask(List<Object> path) {
        return path.size() >= 2 && path.getFirst() instanceof String key && SECTIONS.contains(key);
    }

    Declarations declarations(List<Object> path) {
        var section = path.isEmpty() ? "" : String.valueOf(path.getFirst());
        if (section.equals("vars")) {
            return Declarations.of("inputs").withInputs(inputs());
        }
        if (section.equals("triggers")) {
            var type = path.size() > 1 ? document.object(path.subList(0, 2)).get("type") : null;
            var known = Declarations.of("trigger");
            return type instanceof String name ? known.withTrigger(name) : known;
        }
        var known =
                Declarations.of("inputs", "vars", "tasks", "run", "trigger", "secrets")
                        .withInputs(inputs())
                        .withVars(vars())
                        .withTasks(outputs());
        return isTask(path) ? ofTask(path, known) : known;
    }

    private Declarations ofTask(List<Object> path, Declarations workflow) {
        var task = document.object(path.subList(0, 2));
        var key = path.size() > 2 ? String.valueOf(path.get(2)) : "";
        var known = workflow;
        if (key.equals("retry")) {
            return Declarations.of("error", "inputs", "vars", "run")
                    .withInputs(known.inputs())
                    .withVars(known.vars());
        }
        var handler = !path.getFirst().equals("tasks");
        if (handler) {
            known = known.with("error");
        }
        if (task.get("forEach") instanceof Map<?, ?> each && !key.equals("forEach")) {
            known = known.withItem(each.get("as") instanceof String name ? name : "item");
        }
        if (key.equals("repeat")) {
            known = known.with("output", "repetition");
        }
        var upstream = upstream(task);
        if (handler) {
            upstream.addAll(ids("tasks"));
        }
        return known.at(own(path), upstream);
    }

    private Set<String> upstream(Map<?, ?> task) {
        var byId = new HashMap<String, Map<?, ?>>();
        SECTIONS.forEach(
                section ->
                        document.list(section)
                                .forEach(
                                        item -> {
                                            if (item instanceof Map<?, ?> map) {
                                                byId.put(String.valueOf(map.get("id")), map);
                                            }
                                        }));
        var found = new HashSet<String>();
        var open = new ArrayDeque<String>(dependencies(task));
        while (!open.isEmpty()) {
            var id = open.pop();
            if (found.add(id) && byId.get(id) instanceof Map<?, ?> earlier) {
                open.addAll(dependencies(earlier));
            }
        }
        return found;
    }

    static List<String> dependencies(Map<?, ?> task) {
        return switch (task.get("dependsOn")) {
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case String one -> List.of(one);
            case null, default -> List.of();
        };
    }

    private List<String> ids(String section) {
        var ids = new ArrayList<String>();
        for (var item : document.list(section)) {
            if (item instanceof Map<?, ?> task
                    && task.get("id") instanceof String id
                    && !id.isEmpty()) {
                ids.add(id);
            }
        }
        return ids;
    }

    @SuppressWarnings("unchecked")
    private Map<String, @Nullable Object> inputs() {
        return (Map<String, @Nullable Object>) document.object(List.of("inputs"));
    }

    private Map<String, Map<String, @Nullable Object>> vars() {
        var vars = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        document.object(List.of("vars"))
                .keySet()
                .forEach(name -> vars.put(String.valueOf(name), Map.of()));
        return vars;
    }

    private Map<String, Map<String, @Nullable Object>> outputs() {
        var outputs = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        for (var section : SECTIONS) {
            for (var item : document.list(section)) {
                if (item instanceof Map<?, ?> task && task.get("id") instanceof String id) {
                    var output =
                            task.get("type") instanceof String type
                                    ? types.apply(type).map(TaskType::output)
                                    : Optional.<Map<String, @Nullable Object>>empty();
                    var one = output.orElse(Map.of());
                    outputs.putIfAbsent(
                            id,
                            task.containsKey("forEach")
                                    ? Map.of("type", "array", "items", one)
                                    : one);
                }
            }
        }
        return outputs;
    }
}
