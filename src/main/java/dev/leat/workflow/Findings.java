package dev.leat.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import dev.leat.workflow.Finding.Depends;
import dev.leat.workflow.Finding.Kind;
import dev.leat.workflow.expression.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
        return withoutEchoes(of(errors, 0, false).stream().distinct().toList());
    }

    /// @param from the length of the path that is dealt with already
    private List<Finding> of(List<Error> errors, int from, boolean conditional) {
        var findings = new ArrayList<Finding>();
        var choices = new LinkedHashMap<Choice, List<Error>>();
        for (var error : errors) {
            var choice = Choice.of(error, from);
            if (choice == null) {
                findings.add(finding(error, conditional || isConditional(error)));
            } else {
                choices.computeIfAbsent(choice, _ -> new ArrayList<>()).add(error);
            }
        }
        choices.forEach((choice, within) -> findings.addAll(oneOf(choice, within)));
        return findings;
    }

    private static boolean isConditional(Error error) {
        return CONDITIONAL.matcher(error.getEvaluationPath().toString()).find();
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

    /// What to say where none of several forms fits: the forms where they differ in one thing, else
    /// what is wrong with the one that was likely meant.
    private List<Finding> oneOf(Choice choice, List<Error> errors) {
        var nested = errors.stream().filter(error -> !choice.isItself(error)).toList();
        if (nested.isEmpty()) {
            return List.of(tooManyForms(errors.getFirst()));
        }
        var pointer = nested.getFirst().getInstanceLocation().toString();
        if (nested.stream().allMatch(error -> isOf("required", pointer, error))) {
            var names = nested.stream().map(Error::getProperty).distinct().toList();
            var message = SchemaWords.subject(pointer) + " needs " + Words.choice(names) + ".";
            return List.of(bad(pointer, message, Depends.NOTHING));
        }
        if (nested.stream().allMatch(error -> isOf("type", pointer, error))) {
            var kinds =
                    nested.stream()
                            .map(error -> SchemaWords.kinds(error.getSchemaNode()))
                            .distinct();
            var message =
                    SchemaWords.wrongKind(
                            pointer, kinds.collect(Collectors.joining(" or ")), nested.getFirst());
            return List.of(bad(pointer, message, Depends.ITSELF));
        }
        return constants(choice, nested).map(List::of).orElseGet(() -> nearest(choice, nested));
    }

    private static boolean isOf(String keyword, String pointer, Error error) {
        return error.getKeyword().equals(keyword)
                && error.getInstanceLocation().toString().equals(pointer);
    }

    private List<Finding> nearest(Choice choice, List<Error> nested) {
        var form = choice.nearest(nested);
        return of(form.getValue(), form.getKey().length(), true);
    }

    /// Where a constant selects the form, as `type` often does, and none has the one that is given.
    private static Optional<Finding> constants(Choice choice, List<Error> nested) {
        var selecting =
                nested.stream().filter(error -> error.getKeyword().equals("const")).toList();
        var forms = nested.stream().map(choice::form).distinct().count();
        var places =
                selecting.stream()
                        .map(error -> error.getInstanceLocation().toString())
                        .distinct()
                        .toList();
        if (places.size() != 1 || selecting.stream().map(choice::form).distinct().count() < forms) {
            return Optional.empty();
        }
        var words =
                selecting.stream().map(error -> error.getSchemaNode().asText()).distinct().toList();
        return Optional.of(oneOfWords(selecting.getFirst(), words, Depends.EVERYTHING));
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
            case "enum" -> word(error, conditional);
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

    private static Finding word(Error error, boolean conditional) {
        var words = new ArrayList<String>();
        error.getSchemaNode()
                .forEach(word -> words.add(word.isTextual() ? word.textValue() : word.toString()));
        return oneOfWords(error, words, depends("enum", conditional));
    }

    private static Finding oneOfWords(Error error, List<String> words, Depends depends) {
        var pointer = error.getInstanceLocation().toString();
        var given = error.getInstanceNode();
        return new Finding(
                Kind.BAD,
                pointer,
                given.isTextual() ? given.textValue() : null,
                "%s is %s; it must be %s."
                        .formatted(
                                SchemaWords.subject(pointer),
                                SchemaWords.shown(error),
                                Words.choice(words)),
                words,
                depends);
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
