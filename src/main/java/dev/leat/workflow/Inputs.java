package dev.leat.workflow;

import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds a run's inputs against the workflow's schema.
@ApplicationScoped
public class Inputs {

    /// Defaults within defaults end somewhere, also in a schema that refers to itself.
    private static final int DEEPEST = 20;

    /// With one of these the schema itself says what else may come.
    private static final Set<String> OPENING =
            Set.of(
                    "additionalProperties",
                    "unevaluatedProperties",
                    "patternProperties",
                    "propertyNames",
                    "$ref",
                    "allOf",
                    "anyOf",
                    "oneOf",
                    "if",
                    "dependentSchemas");

    private final Schemas schemas;

    Inputs(Schemas schemas) {
        this.schemas = schemas;
    }

    /// The inputs with the schema's defaults filled in.
    ///
    /// @throws dev.leat.task.Refusal.Invalid with every problem
    public Map<String, @Nullable Object> accept(
            Workflow workflow, Map<String, @Nullable Object> given) {
        var complete = withDefaults(workflow.inputs(), given);
        var problems =
                schemas.problems(
                        closed(workflow.inputs()),
                        complete,
                        Schemas.INPUTS.of("Workflow '" + workflow.qualifiedId() + "'"));
        if (!problems.isEmpty()) {
            var more = problems.size() == 1 ? "" : " And %d more.".formatted(problems.size() - 1);
            throw new Refusal.Invalid(
                    "The inputs don't fit workflow '%s': %s%s"
                            .formatted(workflow.qualifiedId(), problems.getFirst().message(), more),
                    problems);
        }
        return complete;
    }

    /// A schema that names inputs and says nothing of others allows no others, so that a misspelt
    /// one is found and not left out in silence. `"additionalProperties": true` opens it.
    private static Map<String, @Nullable Object> closed(Map<String, @Nullable Object> schema) {
        if (!schema.containsKey("properties") || OPENING.stream().anyMatch(schema::containsKey)) {
            return schema;
        }
        var closed = new LinkedHashMap<>(schema);
        closed.put("additionalProperties", false);
        return closed;
    }

    static Map<String, @Nullable Object> withDefaults(
            Map<String, @Nullable Object> schema, Map<String, @Nullable Object> given) {
        return new Defaults(schema).object(schema, given, 0);
    }

    /// Fills in what the schema's `properties` say, through `items`, `allOf` and references too.
    private record Defaults(Map<String, @Nullable Object> root) {

        Map<String, @Nullable Object> object(Map<?, ?> schema, Map<?, ?> given, int depth) {
            var complete = new LinkedHashMap<String, @Nullable Object>();
            given.forEach((key, value) -> complete.put(String.valueOf(key), value));
            for (var part : parts(schema, depth)) {
                if (part.get("properties") instanceof Map<?, ?> properties) {
                    properties.forEach(
                            (name, property) ->
                                    fill(complete, String.valueOf(name), property, depth));
                }
            }
            return complete;
        }

        private void fill(
                Map<String, @Nullable Object> object,
                String name,
                @Nullable Object property,
                int depth) {
            if (!(property instanceof Map<?, ?> schema) || depth > DEEPEST) {
                return;
            }
            for (var part : parts(schema, depth)) {
                if (!object.containsKey(name) && part.containsKey("default")) {
                    object.put(name, part.get("default"));
                }
            }
            if (object.containsKey(name)) {
                object.put(name, value(schema, object.get(name), depth + 1));
            }
        }

        private @Nullable Object value(Map<?, ?> schema, @Nullable Object value, int depth) {
            return switch (value) {
                case Map<?, ?> map -> object(schema, map, depth);
                case List<?> list when itemsOf(schema, depth) instanceof Map<?, ?> items -> {
                    var complete = new ArrayList<@Nullable Object>(list.size());
                    list.forEach(item -> complete.add(value(items, item, depth + 1)));
                    yield complete;
                }
                case null, default -> value;
            };
        }

        private @Nullable Object itemsOf(Map<?, ?> schema, int depth) {
            return parts(schema, depth).stream()
                    .map(part -> part.get("items"))
                    .filter(Map.class::isInstance)
                    .findFirst()
                    .orElse(null);
        }

        /// The schema itself and those that hold for the same value without a condition.
        private List<Map<?, ?>> parts(Map<?, ?> schema, int depth) {
            var parts = new ArrayList<Map<?, ?>>();
            collect(schema, parts, depth);
            return parts;
        }

        private void collect(Map<?, ?> schema, List<Map<?, ?>> into, int depth) {
            if (depth > DEEPEST) {
                return;
            }
            into.add(schema);
            if (schema.get("$ref") instanceof String reference
                    && target(reference) instanceof Map<?, ?> target) {
                collect(target, into, depth + 1);
            }
            if (schema.get("allOf") instanceof List<?> all) {
                all.forEach(
                        part -> {
                            if (part instanceof Map<?, ?> map) {
                                collect(map, into, depth + 1);
                            }
                        });
            }
        }

        private @Nullable Object target(String reference) {
            if (reference.equals("#")) {
                return root;
            }
            Object at = reference.startsWith("#/") ? root : null;
            for (var step : reference.substring(Math.min(2, reference.length())).split("/", -1)) {
                at =
                        at instanceof Map<?, ?> map
                                ? map.get(step.replace("~1", "/").replace("~0", "~"))
                                : null;
            }
            return at;
        }
    }
}
