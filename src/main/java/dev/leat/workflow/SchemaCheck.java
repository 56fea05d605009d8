package dev.leat.workflow;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what is wrong with the JSON Schema of a workflow's inputs, before it is used.
final class SchemaCheck {

    private static final Set<String> MAPS_OF_SCHEMAS =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");
    private static final Set<String> LISTS_OF_SCHEMAS =
            Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> SCHEMAS =
            Set.of(
                    "additionalProperties",
                    "items",
                    "contains",
                    "not",
                    "if",
                    "then",
                    "else",
                    "propertyNames",
                    "unevaluatedItems",
                    "unevaluatedProperties",
                    "contentSchema");

    /// Those that look at the same value as the schema they stand in.
    private static final Set<String> IN_PLACE =
            Set.of("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas");

    private static final long MOST_ALTERNATIVES = 2_000;
    private static final long UNBOUNDED = Long.MAX_VALUE / 4;
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private final Schemas schemas;
    private final List<Fault> faults = new ArrayList<>();
    private final IdentityHashMap<Map<?, ?>, Long> costs = new IdentityHashMap<>();
    private Map<?, ?> root = Map.of();

    SchemaCheck(Schemas schemas) {
        this.schemas = schemas;
    }

    /// @param pointer into the schema
    record Fault(String pointer, String message, @Nullable String hint) {}

    List<Fault> faults(Map<String, @Nullable Object> schema) {
        root = schema;
        checkTop(schema);
        checkWellFormed(schema);
        walk(schema, "");
        var fault = faults.isEmpty() ? schemas.fault(schema) : null;
        if (fault != null) {
            add("", "The JSON Schema can't be used: %s.".formatted(fault), null);
        }
        return faults;
    }

    private void add(String pointer, String message, @Nullable String hint) {
        faults.add(new Fault(pointer, message, hint));
    }

    /// The inputs are an object, and the commonest slip is to write its properties where the schema
    /// belongs.
    private void checkTop(Map<String, @Nullable Object> schema) {
        var type = schema.get("type");
        if (type != null && !type.equals("object") && !(type instanceof Map)) {
            add(
                    "/type",
                    "Inputs are an object, so their schema's 'type' must be 'object'.",
                    "declare each input under 'properties'");
        }
        schema.forEach(
                (key, value) -> {
                    if (value instanceof Map && !isKeyword(key)) {
                        add(
                                "/" + key.replace("~", "~0").replace("/", "~1"),
                                "%s is no keyword of JSON Schema.".formatted(Words.quoted(key)),
                                "inputs are declared under 'properties': {\"type\": \"object\", \"properties\": {…}}");
                    }
                });
    }

    private static boolean isKeyword(String key) {
        return key.startsWith("$")
                || key.startsWith(Keys.FREE)
                || SCHEMAS.contains(key)
                || MAPS_OF_SCHEMAS.contains(key)
                || Set.of("default", "const", "dependentRequired").contains(key);
    }

    private void checkWellFormed(Map<String, @Nullable Object> schema) {
        if (schema.get("$schema") instanceof String dialect
                && !dialect.replaceFirst("#$", "").equals(DIALECT)) {
            add(
                    "/$schema",
                    "Inputs are described in JSON Schema 2020-12.",
                    "leave '$schema' out, or write \"" + DIALECT + "\"");
            return;
        }
        for (var finding : schemas.findingsInSchema(schema)) {
            var names = Schemas.PARAMETERS.of("The schema");
            if (finding.pointer().endsWith("/pattern") && finding.message().contains(" regex")) {
                // Told better by the one who knows which patterns can be used.
                continue;
            }
            add(finding.pointer(), names.sentence(finding), ParameterCheck.hint(finding));
        }
    }

    private void walk(@Nullable Object value, String pointer) {
        if (!(value instanceof Map<?, ?> schema)) {
            return;
        }
        if (cost(schema) > MOST_ALTERNATIVES) {
            add(
                    pointer,
                    "The schema refers to itself or branches without bound.",
                    "use fewer nested allOf, anyOf, oneOf and $ref");
            return;
        }
        checkReference(schema, "$ref", pointer);
        checkReference(schema, "$dynamicRef", pointer);
        checkPattern(schema.get("pattern"), pointer + "/pattern");
        if (schema.get("patternProperties") instanceof Map<?, ?> patterns) {
            patterns.keySet()
                    .forEach(pattern -> checkPattern(pattern, pointer + "/patternProperties"));
        }
        schema.forEach(
                (key, item) -> {
                    var name = String.valueOf(key);
                    var at = pointer + "/" + escaped(name);
                    if (SCHEMAS.contains(name)) {
                        walk(item, at);
                    } else if (MAPS_OF_SCHEMAS.contains(name) && item instanceof Map<?, ?> map) {
                        map.forEach(
                                (step, each) ->
                                        walk(each, at + "/" + escaped(String.valueOf(step))));
                    } else if (LISTS_OF_SCHEMAS.contains(name) && item instanceof List<?> list) {
                        for (int index = 0; index < list.size(); index++) {
                            walk(list.get(index), at + "/" + index);
                        }
                    }
                });
    }

    private void checkReference(Map<?, ?> schema, String keyword, String pointer) {
        if (!(schema.get(keyword) instanceof String reference)) {
            return;
        }
        var at = pointer + "/" + keyword;
        if (!reference.startsWith("#")) {
            add(
                    at,
                    "%s leads out of the schema.".formatted(Words.quoted(reference)),
                    "only '#/…' is followed; put what it names under '$defs'");
        } else if (keyword.equals("$dynamicRef") || !reference.matches("#(?:/.*)?")) {
            add(
                    at,
                    "%s is no plain reference.".formatted(Words.quoted(reference)),
                    "only \"$ref\": \"#/…\" is followed");
        } else if (target(reference) == null) {
            add(at, "%s leads nowhere.".formatted(Words.quoted(reference)), null);
        }
    }

    private void checkPattern(@Nullable Object pattern, String pointer) {
        if (pattern instanceof String text) {
            try {
                var unused = Schemas.linearTime(text);
            } catch (PatternSyntaxException e) {
                add(
                        pointer,
                        "The pattern %s can't be used: %s."
                                .formatted(Words.quoted(text), Words.shortened(e.getDescription())),
                        "patterns are RE2's, which has no look-around and no back-references");
            }
        }
    }

    private @Nullable Object target(String reference) {
        if (reference.equals("#")) {
            return root;
        }
        Object at = root;
        for (var step : reference.substring(2).split("/", -1)) {
            var name = step.replace("~1", "/").replace("~0", "~");
            at =
                    switch (at) {
                        case Map<?, ?> map -> map.get(name);
                        case List<?> list
                                when name.matches("\\d{1,6}")
                                        && Integer.parseInt(name) < list.size() ->
                                list.get(Integer.parseInt(name));
                        default -> null;
                    };
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    /// How many schemas look at one value, counted over all branches; [#UNBOUNDED] where one refers
    /// to itself.
    private long cost(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> schema)) {
            return 1;
        }
        var known = costs.get(schema);
        if (known != null) {
            return known;
        }
        costs.put(schema, UNBOUNDED);
        var cost = 1L;
        for (var next : inPlace(schema)) {
            cost = Math.min(UNBOUNDED, cost + cost(next));
        }
        costs.put(schema, cost);
        return cost;
    }

    private List<@Nullable Object> inPlace(Map<?, ?> schema) {
        var next = new ArrayList<@Nullable Object>();
        for (var keyword : IN_PLACE) {
            switch (schema.get(keyword)) {
                case List<?> list -> next.addAll(list);
                case Map<?, ?> map when keyword.equals("dependentSchemas") ->
                        next.addAll(map.values());
                case Map<?, ?> map -> next.add(map);
                case null, default -> {}
            }
        }
        if (schema.get("$ref") instanceof String reference && reference.matches("#(?:/.*)?")) {
            next.add(target(reference));
        }
        return next;
    }

    private static String escaped(String step) {
        return step.replace("~", "~0").replace("/", "~1");
    }
}
