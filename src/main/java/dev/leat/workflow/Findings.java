package dev.leat.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import dev.leat.workflow.Finding.Depends;
import dev.leat.workflow.Finding.Kind;
import dev.leat.workflow.expression.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
        return withoutEchoes(findings.stream().distinct().toList());
    }

    /// A misspelt name is told once, and not also as the absence of the one that was meant.
    private static List<Finding> withoutEchoes(List<Finding> findings) {
        var meant =
                findings.stream()
                        .filter(finding -> finding.kind() == Kind.UNKNOWN)
                        .map(finding -> finding.pointer() + "/" + nearest(finding))
                        .collect(Collectors.toSet());
        return findings.stream()
                .filter(
                        finding ->
                                finding.kind() != Kind.MISSING
                                        || !meant.contains(
                                                finding.pointer() + "/" + finding.property()))
                .toList();
    }

    private static String nearest(Finding unknown) {
        return Nearest.nearest(String.valueOf(unknown.property()), unknown.known()).orElse("");
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
                    bad(
                            pointer,
                            "%s needs %s."
                                    .formatted(SchemaWords.subject(pointer), Words.choice(names)),
                            Depends.NOTHING));
        }
        if (together && nested.stream().allMatch(error -> error.getKeyword().equals("type"))) {
            var kinds =
                    nested.stream()
                            .map(error -> SchemaWords.kinds(error.getSchemaNode()))
                            .distinct()
                            .toList();
            return List.of(
                    bad(
                            pointer,
                            SchemaWords.wrongKind(
                                    pointer, String.join(" or ", kinds), nested.getFirst()),
                            Depends.ITSELF));
        }
        return nearest(choice, nested).stream().map(error -> finding(error, true)).toList();
    }

    private static Finding tooManyForms(Error error) {
        var pointer = error.getInstanceLocation().toString();
        var names = new ArrayList<String>();
        error.getSchemaNode().forEach(form -> names.add(form.path("required").path(0).asText()));
        var message =
                names.contains("")
                        ? SchemaWords.subject(pointer)
                                + " fits several of the forms that exclude each other."
                        : SchemaWords.subject(pointer)
                                + " takes only one of "
                                + Words.list(names, "and")
                                + ".";
        return bad(pointer, message, Depends.CONTENT);
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
                    bad(
                            pointer,
                            SchemaWords.sentence(error, pointer),
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
                "%s is %s; it must be %s."
                        .formatted(SchemaWords.subject(pointer), shown, Words.choice(words)),
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

    private static Finding bad(String pointer, String message, Depends depends) {
        return new Finding(Kind.BAD, pointer, null, message, List.of(), depends);
    }
}
