package dev.leat.workflow;

import dev.leat.plugin.TaskType;
import dev.leat.workflow.Shape.Key;
import dev.leat.workflow.Shape.Keyed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes the format's table as JSON Schema (2020-12), in the subset that editors know.
final class SchemaWriter {

    private static final String EXPRESSION = "\\$\\{";

    private final List<TaskType> types;
    private final Schemas schemas;
    private final Map<String, @Nullable Object> definitions = new LinkedHashMap<>();

    SchemaWriter(List<TaskType> types, Schemas schemas) {
        this.types = types;
        this.schemas = schemas;
    }

    Map<String, @Nullable Object> workflow() {
        return document("Leat workflow, version 1", Keys.WORKFLOW);
    }

    Map<String, @Nullable Object> tests() {
        return document("Tests of a Leat workflow, version 1", TestKeys.DOCUMENT);
    }

    Map<String, @Nullable Object> calendar() {
        return document("Leat calendar, version 1", DocumentKeys.CALENDAR);
    }

    Map<String, @Nullable Object> blackout() {
        return document("Leat blackout, version 1", DocumentKeys.BLACKOUT);
    }

    private Map<String, @Nullable Object> document(String title, Keyed root) {
        var schema = object("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", title);
        schema.put("$ref", reference(root));
        schema.put("$defs", definitions);
        return schema;
    }

    private Map<String, @Nullable Object> of(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> text(text);
            case Shape.OneOf words -> object("enum", words.words());
            case Shape.Flag _ -> object("type", "boolean");
            case Shape.Whole whole -> range(object("type", "integer"), whole.least(), whole.most());
            case Shape.Decimal decimal ->
                    range(object("type", "number"), decimal.least(), decimal.most());
            case Shape.Period period -> period(period);
            case Shape.Moment _ -> with(object("type", "string"), "format", "date-time");
            case Shape.AnyValue _ -> new LinkedHashMap<>();
            case Shape.Variable _ -> object("type", List.of("string", "number", "boolean"));
            case Shape.Condition _ ->
                    object("anyOf", List.of(object("type", "boolean"), expression()));
            case Shape.Items _ ->
                    object(
                            "anyOf",
                            List.of(object("type", List.of("array", "object")), expression()));
            case Shape.Schema _ -> object("type", "object");
            case Shape.MapOf map -> map(map);
            case Shape.ListOf list -> with(object("type", "array"), "items", of(list.items()));
            case Shape.OneOrMore list ->
                    object(
                            "anyOf",
                            List.of(
                                    with(object("type", "array"), "items", of(list.items())),
                                    of(list.items())));
            case Shape.Either either ->
                    object("anyOf", List.of(of(either.otherwise()), of(either.object())));
            case Keyed keyed -> object("$ref", reference(keyed));
        };
    }

    private static Map<String, @Nullable Object> expression() {
        return with(object("type", "string"), "pattern", EXPRESSION);
    }

    private static Map<String, @Nullable Object> text(Shape.Text text) {
        var schema = object("type", "string");
        if (text.pattern() instanceof Pattern pattern) {
            schema.put("pattern", "^(?:" + pattern.pattern() + ")$");
        }
        return schema;
    }

    private static Map<String, @Nullable Object> range(
            Map<String, @Nullable Object> schema, Number least, Number most) {
        schema.put("minimum", least);
        schema.put("maximum", most);
        return schema;
    }

    private static Map<String, @Nullable Object> period(Shape.Period period) {
        var schema = with(object("type", "string"), "pattern", Shape.Period.PATTERN);
        schema.put("examples", List.of("30s", "5m", "1h30m"));
        if (!period.zero()) {
            schema.put("allOf", List.of(object("pattern", "[1-9]")));
        }
        return schema;
    }

    private Map<String, @Nullable Object> map(Shape.MapOf map) {
        var schema = with(object("type", "object"), "additionalProperties", of(map.values()));
        if (map.keys().pattern() != null) {
            schema.put("propertyNames", text(map.keys()));
        }
        return schema;
    }

    /// Where the definition of an object stands; it is written when first asked for.
    private String reference(Keyed shape) {
        if (!definitions.containsKey(shape.name())) {
            definitions.put(shape.name(), null);
            definitions.put(shape.name(), keyed(shape));
        }
        return "#/$defs/" + shape.name();
    }

    private Map<String, @Nullable Object> keyed(Keyed shape) {
        var schema = object("type", "object");
        var properties = properties(shape.keys());
        shape.variants()
                .values()
                .forEach(keys -> keys.forEach(key -> properties.put(key.name(), true)));
        schema.put("properties", properties);
        schema.put("required", required(shape.keys()));
        schema.put("patternProperties", object("^" + Keys.FREE, true));
        schema.put("additionalProperties", false);
        if (shape == TaskKeys.TASK && !types.isEmpty()) {
            typed(schema, properties);
        }
        if (!shape.variants().isEmpty()) {
            var cases = new ArrayList<@Nullable Object>();
            new TreeMap<>(shape.variants())
                    .forEach((type, keys) -> cases.add(variant(shape, type, keys)));
            schema.put("allOf", cases);
        }
        return schema;
    }

    private Map<String, @Nullable Object> properties(List<Key> keys) {
        var properties = new LinkedHashMap<String, @Nullable Object>();
        for (var key : keys) {
            properties.put(key.name(), with(of(key.shape()), "description", key.description()));
        }
        return properties;
    }

    private static List<String> required(List<Key> keys) {
        return keys.stream().filter(Key::required).map(Key::name).toList();
    }

    private Map<String, @Nullable Object> variant(Keyed shape, String type, List<Key> keys) {
        var names = shape.with(keys).keys().stream().map(Key::name).toList();
        var then = object("properties", properties(keys));
        then.put("required", required(keys));
        then.put(
                "propertyNames",
                object(
                        "anyOf",
                        List.of(object("enum", names), object("pattern", "^" + Keys.FREE))));
        return with(object("if", whereType(List.of(type))), "then", then);
    }

    private static Map<String, @Nullable Object> whereType(List<String> words) {
        return with(
                object("properties", object("type", object("enum", words))),
                "required",
                List.of("type"));
    }

    /// Lets `type` be one of those registered, and `with` be what that type takes.
    private void typed(
            Map<String, @Nullable Object> task, Map<String, @Nullable Object> properties) {
        var newest = new TreeMap<String, TaskType>();
        types.forEach(
                type ->
                        newest.merge(
                                type.name(),
                                type,
                                (one, other) -> one.version() > other.version() ? one : other));
        var words = new ArrayList<@Nullable Object>();
        var cases = new ArrayList<@Nullable Object>();
        for (var type : types) {
            var names = new ArrayList<String>();
            if (type.equals(newest.get(type.name()))) {
                names.add(type.name());
            }
            names.add(type.reference());
            for (var name : names) {
                var word = with(object("const", name), "title", type.title());
                words.add(with(word, "description", type.description()));
            }
            cases.add(with(object("if", whereType(names)), "then", parameters(type)));
        }
        properties.put("type", object("anyOf", words, "description", "What the task does."));
        task.put("allOf", cases);
    }

    private Map<String, @Nullable Object> parameters(TaskType type) {
        var name = type.reference();
        definitions.put(name, new EditorSchema("#/$defs/" + name).of(type.parameters()));
        var then = object("properties", object("with", object("$ref", "#/$defs/" + name)));
        if (!schemas.findings(type.parameters(), Map.of()).isEmpty()) {
            then.put("required", List.of("with"));
        }
        return then;
    }

    static Map<String, @Nullable Object> object(String key, @Nullable Object value) {
        return with(new LinkedHashMap<>(), key, value);
    }

    private static Map<String, @Nullable Object> object(
            String key, @Nullable Object value, String other, @Nullable Object otherValue) {
        return with(object(key, value), other, otherValue);
    }

    static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> object, String key, @Nullable Object value) {
        object.put(key, value);
        return object;
    }
}
