package dev.leat.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// The sentences for what a schema's keywords refuse.
final class SchemaWords {

    private SchemaWords() {}

    static String sentence(Error error, String pointer) {
        var limit = error.getSchemaNode() == null ? "" : error.getSchemaNode().asText();
        var what = subject(pointer);
        return switch (error.getKeyword()) {
            case "type" -> wrongKind(pointer, kinds(error.getSchemaNode()), error);
            case "minimum" ->
                    "%s is %s; it must be at least %s.".formatted(what, shown(error), limit);
            case "maximum" ->
                    "%s is %s; it must be at most %s.".formatted(what, shown(error), limit);
            case "exclusiveMinimum" ->
                    "%s is %s; it must be more than %s.".formatted(what, shown(error), limit);
            case "exclusiveMaximum" ->
                    "%s is %s; it must be less than %s.".formatted(what, shown(error), limit);
            case "multipleOf" ->
                    "%s is %s; it must be a multiple of %s.".formatted(what, shown(error), limit);
            case "minLength" -> atLeast(what, limit, "characters");
            case "maxLength" -> "%s must have at most %s characters.".formatted(what, limit);
            case "minItems" -> atLeast(what, limit, "items");
            case "maxItems" -> "%s must have at most %s items.".formatted(what, limit);
            case "uniqueItems" -> "%s must not hold the same item twice.".formatted(what);
            case "pattern" ->
                    "%s is %s, which doesn't match the pattern %s."
                            .formatted(what, shown(error), limit);
            case "format" -> "%s is %s, which is no %s.".formatted(what, shown(error), limit);
            case "const" ->
                    "%s must be %s."
                            .formatted(
                                    what, Words.shortened(String.valueOf(error.getSchemaNode())));
            case "false" -> "%s isn't allowed.".formatted(what);
            case "not" -> what + refused(error.getSchemaNode());
            case "dependentRequired" ->
                    "%s needs '%s' too where it has '%s'."
                            .formatted(what, error.getArguments()[0], error.getArguments()[1]);
            default ->
                    "%s %s.".formatted(what, Words.shortened(String.valueOf(error.getMessage())));
        };
    }

    private static String refused(JsonNode form) {
        var names = new ArrayList<String>();
        form.path("required").forEach(name -> names.add(name.asText()));
        return names.size() > 1 && form.size() == 1
                ? " takes only one of " + Words.list(names, "and") + "."
                : " must not fit " + Words.shortened(form.toString()) + ".";
    }

    private static String atLeast(String what, String least, String things) {
        return least.equals("1")
                ? what + " must not be empty."
                : "%s must have at least %s %s.".formatted(what, least, things);
    }

    static String wrongKind(String pointer, String wanted, Error error) {
        return "%s must be %s, not %s."
                .formatted(subject(pointer), wanted, kind(error.getInstanceNode()));
    }

    static String kinds(JsonNode types) {
        if (!types.isArray()) {
            return kind(types.asText());
        }
        var kinds = new ArrayList<String>();
        types.forEach(type -> kinds.add(kind(type.asText())));
        return String.join(" or ", kinds);
    }

    private static String kind(String type) {
        return switch (type) {
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "object" -> "an object";
            case "array" -> "a list";
            default -> type;
        };
    }

    private static String kind(@Nullable JsonNode value) {
        return switch (value) {
            case null -> "missing";
            case JsonNode node when node.isTextual() -> "text";
            case JsonNode node when node.isObject() -> "an object";
            case JsonNode node when node.isArray() -> "a list";
            case JsonNode node when node.isNumber() -> "the number " + node;
            default -> value.toString();
        };
    }

    static String shown(Error error) {
        var value = error.getInstanceNode();
        return value.isTextual()
                ? Words.quoted(value.textValue())
                : Words.shortened(value.toString());
    }

    /// `'headers.accept'`, `'rows[2]'`, or `The value`.
    static String subject(String pointer) {
        if (pointer.isEmpty()) {
            return "The value";
        }
        var path = new StringBuilder();
        for (var step : pointer.substring(1).split("/", -1)) {
            if (step.matches("\\d+") && !path.isEmpty()) {
                path.append('[').append(step).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".")
                        .append(step.replace("~1", "/").replace("~0", "~"));
            }
        }
        return Words.quoted(path.toString());
    }
}
