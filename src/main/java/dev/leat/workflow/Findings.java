package dev.leat.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import dev.leat.workflow.Finding.Depends;
import dev.leat.workflow.Finding.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns a validator's errors into sentences.
final class Findings {

    private static final Set<String> ABOUT_NAMES =
            Set.of(
                    "minItems",
                    "maxItems",
                    "minProperties",
                    "maxProperties",
                    "propertyNames",
                    "dependentRequired",
                    "false");
    private static final Set<String> ABOUT_CONTENT =
            Set.of("enum", "const", "uniqueItems", "contains", "not", "oneOf", "anyOf");

    /// Keywords beneath which a schema applies only sometimes.
    private static final Pattern CONDITIONAL =
            Pattern.compile("/(?:anyOf|oneOf|then|else|dependentSchemas)(?=/|$)");

    private final JsonNode schema;

    Findings(JsonNode schema) {
        this.schema = schema;
    }

    List<Finding> of(List<Error> errors) {
        var findings = new ArrayList<Finding>();
        var alternatives = new LinkedHashMap<String, List<Error>>();
        for (var error : errors) {
            var choice = choice(error.getEvaluationPath().toString());
            if (choice == null) {
                findings.add(
                        finding(
                                error,
                                CONDITIONAL.matcher(error.getEvaluationPath().toString()).find()));
            } else {
                alternatives.computeIfAbsent(choice, _ -> new ArrayList<>()).add(error);
            }
        }
        alternatives.forEach((choice, within) -> findings.addAll(oneOf(choice, within)));
        return findings;
    }

    /// The path to the first `anyOf` or `oneOf`, or null where there is none.
    private static @Nullable String choice(String path) {
        var found = Pattern.compile("^(.*?/(?:anyOf|oneOf))(?:/|$)").matcher(path);
        return found.find() ? found.group(1) : null;
    }

    /// What to say where none of several forms fits: the forms where they differ in one thing, else
    /// what is wrong with the
    /// form that comes nearest.
    private List<Finding> oneOf(String choice, List<Error> errors) {
        var nested =
                errors.stream()
                        .filter(
                                error ->
                                        error.getEvaluationPath().toString().length()
                                                > choice.length())
                        .toList();
        if (nested.isEmpty()) {
            return List.of(tooManyForms(errors.getFirst()));
        }
        var pointer = nested.getFirst().getInstanceLocation().toString();
        var together =
                nested.stream()
                        .allMatch(error -> error.getInstanceLocation().toString().equals(pointer));
        if (together && nested.stream().allMatch(error -> error.getKeyword().equals("required"))) {
            var names = nested.stream().map(Error::getProperty).distinct().toList();
            return List.of(
                    new Finding(
                            Kind.BAD,
                            pointer,
                            null,
                            "%s needs %s.".formatted(subject(pointer), Words.choice(names)),
                            List.of(),
                            Depends.NOTHING));
        }
        if (together && nested.stream().allMatch(error -> error.getKeyword().equals("type"))) {
            var kinds =
                    nested.stream().map(error -> kinds(error.getSchemaNode())).distinct().toList();
            return List.of(
                    new Finding(
                            Kind.BAD,
                            pointer,
                            null,
                            wrongKind(pointer, String.join(" or ", kinds), nested.getFirst()),
                            List.of(),
                            Depends.ITSELF));
        }
        return nearest(choice, nested).stream().map(error -> finding(error, true)).toList();
    }

    private static Finding tooManyForms(Error error) {
        var pointer = error.getInstanceLocation().toString();
        return new Finding(
                Kind.BAD,
                pointer,
                null,
                "%s fits several of the forms that exclude each other.".formatted(subject(pointer)),
                List.of(),
                Depends.CONTENT);
    }

    /// The errors of the form whose faults lie deepest: the author got furthest with it.
    private static List<Error> nearest(String choice, List<Error> errors) {
        Map<String, List<Error>> forms = new LinkedHashMap<>();
        for (var error : errors) {
            var index =
                    error.getEvaluationPath()
                            .toString()
                            .substring(choice.length() + 1)
                            .replaceFirst("/.*", "");
            forms.computeIfAbsent(index, _ -> new ArrayList<>()).add(error);
        }
        return forms.values().stream()
                .reduce(
                        (best, next) ->
                                depth(next) > depth(best)
                                                || (depth(next) == depth(best)
                                                        && next.size() < best.size())
                                        ? next
                                        : best)
                .orElse(errors);
    }

    private static int depth(List<Error> form) {
        return form.stream()
                .mapToInt(error -> error.getInstanceLocation().getNameCount())
                .min()
                .orElse(0);
    }

    private Finding finding(Error error, boolean conditional) {
        var keyword = error.getKeyword();
        var pointer = error.getInstanceLocation().toString();
        return switch (keyword) {
            case "required" -> missing(error, pointer, conditional);
            case "additionalProperties", "unevaluatedProperties" ->
                    new Finding(
                            Kind.UNKNOWN,
                            pointer,
                            error.getProperty(),
                            "",
                            siblings(error),
                            conditional ? Depends.EVERYTHING : Depends.NOTHING);
            case "enum" -> word(error, pointer, conditional);
            default ->
                    new Finding(
                            Kind.BAD,
                            pointer,
                            null,
                            sentence(error, pointer),
                            List.of(),
                            depends(keyword, conditional));
        };
    }

    private static Finding missing(Error error, String pointer, boolean conditional) {
        return new Finding(
                Kind.MISSING,
                pointer,
                error.getProperty(),
                "",
                List.of(),
                conditional ? Depends.EVERYTHING : Depends.NOTHING);
    }

    private static Finding word(Error error, String pointer, boolean conditional) {
        var words = new ArrayList<String>();
        error.getSchemaNode()
                .forEach(word -> words.add(word.isTextual() ? word.textValue() : word.toString()));
        var given = error.getInstanceNode();
        var shown =
                given.isTextual()
                        ? Words.quoted(given.textValue())
                        : Words.shortened(given.toString());
        return new Finding(
                Kind.BAD,
                pointer,
                given.isTextual() ? given.textValue() : null,
                "%s is %s; it must be %s.".formatted(subject(pointer), shown, Words.choice(words)),
                words,
                depends("enum", conditional));
    }

    private static Depends depends(String keyword, boolean conditional) {
        if (conditional) {
            return Depends.EVERYTHING;
        }
        return ABOUT_NAMES.contains(keyword)
                ? Depends.NOTHING
                : ABOUT_CONTENT.contains(keyword) ? Depends.CONTENT : Depends.ITSELF;
    }

    /// The names that the object's schema knows, beside the keyword that refused one.
    private List<String> siblings(Error error) {
        var names = new ArrayList<String>();
        var path = error.getSchemaLocation().getFragment().toString();
        var properties =
                schema.at(path.substring(0, Math.max(0, path.lastIndexOf('/'))) + "/properties");
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String sentence(Error error, String pointer) {
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
            case "minLength" -> "%s must have at least %s characters.".formatted(what, limit);
            case "maxLength" -> "%s must have at most %s characters.".formatted(what, limit);
            case "minItems" -> "%s must have at least %s items.".formatted(what, limit);
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
            case "dependentRequired" ->
                    "%s needs '%s' too where it has '%s'."
                            .formatted(what, error.getArguments()[0], error.getArguments()[1]);
            default ->
                    "%s %s.".formatted(what, Words.shortened(String.valueOf(error.getMessage())));
        };
    }

    private static String wrongKind(String pointer, String wanted, Error error) {
        return "%s must be %s, not %s."
                .formatted(subject(pointer), wanted, kind(error.getInstanceNode()));
    }

    private static String kinds(JsonNode types) {
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

    private static String shown(Error error) {
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
