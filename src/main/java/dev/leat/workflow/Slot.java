package dev.leat.workflow;

import dev.leat.plugin.TaskType;
import dev.leat.store.Json;
import dev.leat.workflow.Shape.Key;
import dev.leat.workflow.Shape.Keyed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What belongs at a place of a document: a shape of the format, or below a task's `with` a JSON
/// Schema of its type.
///
/// @param shape null below `with`, and where nobody knows
/// @param schema null outside of `with`
/// @param root of the schema, which its references are about
/// @param description what the place is for; empty where that isn't known
record Slot(@Nullable Shape shape, @Nullable Map<?, ?> schema, Map<?, ?> root, String description) {

    private static final int DEEPEST = 12;

    /// What the schema of inputs is mostly made of.
    private static final Map<?, ?> INPUTS =
            Json.readObject(
                    """
                    {"$ref": "#/$defs/schema", "$defs": {"schema": {"type": "object", "properties": {
                      "type": {"enum": ["object", "string", "integer", "number", "boolean", "array"], "description": "What kind of value it is."},
                      "properties": {"type": "object", "additionalProperties": {"$ref": "#/$defs/schema"}, "description": "The members of the object, each with its own schema."},
                      "required": {"type": "array", "items": {"type": "string"}, "description": "Members that must be there."},
                      "title": {"type": "string", "description": "What the form calls it."},
                      "description": {"type": "string", "description": "What the form says below it."},
                      "default": {"description": "Taken where nothing is given."},
                      "enum": {"type": "array", "description": "The only values that it can have."},
                      "format": {"enum": ["date", "date-time", "email", "uri"], "description": "What the text is."},
                      "minimum": {"type": "number", "description": "The least number."},
                      "maximum": {"type": "number", "description": "The largest number."},
                      "minLength": {"type": "integer", "description": "The fewest characters."},
                      "maxLength": {"type": "integer", "description": "The most characters."},
                      "pattern": {"type": "string", "description": "A regular expression that the text must have in it."},
                      "items": {"$ref": "#/$defs/schema", "description": "What the entries of the list are."},
                      "additionalProperties": {"type": "boolean", "description": "Whether other members may be there."}
                    }}}}
                    """);

    private static Slot of(Shape shape, String description) {
        return new Slot(shape, null, Map.of(), description);
    }

    /// Follows the path from the document's root.
    ///
    /// @param types how task types are found
    static Optional<Slot> at(
            LooseDocument document, List<Object> path, Function<String, Optional<TaskType>> types) {
        var slot = of(Keys.WORKFLOW, "");
        for (int depth = 0; depth < path.size(); depth++) {
            var members = document.object(path.subList(0, depth));
            var next = slot.below(path.get(depth), members, types);
            if (next == null) {
                return Optional.empty();
            }
            slot = next;
        }
        return Optional.of(slot);
    }

    private @Nullable Slot below(
            Object step, Map<?, ?> members, Function<String, Optional<TaskType>> types) {
        if (schema != null) {
            return belowSchema(schema, step);
        }
        return shape == null ? null : below(shape, step, members, types);
    }

    private static @Nullable Slot below(
            Shape shape,
            Object step,
            Map<?, ?> members,
            Function<String, Optional<TaskType>> types) {
        return switch (shape) {
            case Keyed keyed when step instanceof String name ->
                    member(keyed, name, members, types);
            case Shape.MapOf map when step instanceof String -> of(map.values(), "");
            case Shape.ListOf list when step instanceof Integer -> of(list.items(), "");
            case Shape.OneOrMore list when step instanceof Integer -> of(list.items(), "");
            case Shape.Either either ->
                    below(
                            step instanceof String ? either.object() : either.otherwise(),
                            step,
                            members,
                            types);
            default -> null;
        };
    }

    private static @Nullable Slot member(
            Keyed keyed,
            String name,
            Map<?, ?> members,
            Function<String, Optional<TaskType>> types) {
        var key = keys(keyed, members).stream().filter(one -> one.name().equals(name)).findFirst();
        if (key.isEmpty()) {
            return null;
        }
        if (keyed == TaskKeys.TASK && name.equals("with")) {
            var type = types.apply(String.valueOf(members.get("type"))).map(TaskType::parameters);
            if (type.isPresent()) {
                return new Slot(null, type.get(), type.get(), key.get().description());
            }
        }
        return key.get().shape() instanceof Shape.Schema
                ? new Slot(null, INPUTS, INPUTS, key.get().description())
                : of(key.get().shape(), key.get().description());
    }

    /// The keys that an object may have, given what it has.
    static List<Key> keys(Keyed keyed, Map<?, ?> members) {
        var all = new ArrayList<>(keyed.keys());
        var more = members.get("type") instanceof String type ? keyed.variants().get(type) : null;
        if (more != null) {
            all.addAll(more);
        }
        return all;
    }

    private @Nullable Slot belowSchema(Map<?, ?> at, Object step) {
        for (var one : variants(at)) {
            var next =
                    step instanceof Integer
                            ? one.get("items")
                            : one.get("properties") instanceof Map<?, ?> known
                                            && known.get(step) instanceof Map<?, ?> named
                                    ? named
                                    : one.get("additionalProperties");
            if (next instanceof Map<?, ?> map) {
                var text = map.get("description") instanceof String words ? words : "";
                return new Slot(null, map, root, text);
            }
        }
        return null;
    }

    /// The schema and those that it combines or refers to.
    List<Map<?, ?>> variants(Map<?, ?> at) {
        var found = new ArrayList<Map<?, ?>>();
        collect(at, found, new HashSet<>(), 0);
        return found;
    }

    private void collect(Map<?, ?> at, List<Map<?, ?>> found, Set<Object> seen, int depth) {
        if (depth > DEEPEST || !seen.add(System.identityHashCode(at))) {
            return;
        }
        found.add(at);
        for (var key : List.of("anyOf", "oneOf", "allOf")) {
            if (at.get(key) instanceof List<?> list) {
                for (var one : list) {
                    if (one instanceof Map<?, ?> map) {
                        collect(map, found, seen, depth + 1);
                    }
                }
            }
        }
        if (at.get("$ref") instanceof String reference && reference.startsWith("#/")) {
            Object target = root;
            for (var step : reference.substring(2).split("/")) {
                target = target instanceof Map<?, ?> map ? map.get(step) : null;
            }
            if (target instanceof Map<?, ?> map) {
                collect(map, found, seen, depth + 1);
            }
        }
    }
}
