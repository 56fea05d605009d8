package dev.leat.workflow.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What may come next in an expression, for editors: what [Names] would find.
public final class Candidates {

    private static final Pattern FUNCTION =
            Pattern.compile("[a-z][A-Za-z0-9_]*(\\.[a-z][A-Za-z0-9_]*)?");

    private Candidates() {}

    /// @param kind `root`, `field`, `task` or `function`
    /// @param type such as `string`; empty where it isn't known
    public record Candidate(String name, String kind, String type, String description) {}

    /// @param path what stands before the last dot: `tasks`, `fetch`, `output`; nothing at the
    /// beginning of a name
    static List<Candidate> of(
            List<String> path, Declarations known, Collection<String> functionNames) {
        return path.isEmpty() ? beginnings(known, functionNames) : below(path, known);
    }

    private static List<Candidate> beginnings(
            Declarations known, Collection<String> functionNames) {
        var found = new ArrayList<Candidate>();
        for (var root : Declarations.ROOTS) {
            if (known.roots().contains(root)) {
                var name = root.equals("item") ? known.item() : root;
                found.add(new Candidate(name, "root", "", ""));
            }
        }
        var functions = new TreeSet<>(functionNames);
        functions.addAll(Macros.NAMES);
        functions.stream()
                .filter(name -> FUNCTION.matcher(name).matches())
                .forEach(name -> found.add(new Candidate(name, "function", "", "")));
        return found;
    }

    private static List<Candidate> below(List<String> path, Declarations known) {
        var root = path.getFirst();
        if (!known.roots().contains(root)) {
            return List.of();
        }
        if (root.equals("tasks")) {
            return path.size() == 1 ? tasks(known) : fields(task(path, known), 2, path);
        }
        return fields(Roots.shape(root, known), 1, path);
    }

    private static Shape task(List<String> path, Declarations known) {
        return Roots.task(path.get(1), known);
    }

    private static List<Candidate> tasks(Declarations known) {
        var upstream = known.upstream();
        return known.tasks().keySet().stream()
                .map(
                        id ->
                                new Candidate(
                                        id,
                                        "task",
                                        "",
                                        upstream == null || upstream.contains(id)
                                                ? ""
                                                : "Not waited for yet: add it to dependsOn."))
                .sorted(
                        (one, other) ->
                                Boolean.compare(
                                        !one.description().isEmpty(),
                                        !other.description().isEmpty()))
                .toList();
    }

    private static List<Candidate> fields(Shape start, int from, List<String> path) {
        var shape = start;
        for (var step : path.subList(from, path.size())) {
            shape = shape.field(step);
        }
        var found = new ArrayList<Candidate>();
        for (var name : shape.names()) {
            var schema = shape.field(name).schema();
            found.add(new Candidate(name, "field", type(schema), description(schema)));
        }
        found.sort((one, other) -> one.name().compareTo(other.name()));
        return found;
    }

    private static String type(Map<String, ?> schema) {
        return schema.get("type") instanceof String type ? type : "";
    }

    private static String description(Map<String, ?> schema) {
        return schema.get("description") instanceof String text ? text : "";
    }
}
