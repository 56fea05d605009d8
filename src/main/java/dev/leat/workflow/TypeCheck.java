package dev.leat.workflow;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Holds what is known of an expression's value against the schema of the place where it goes.
final class TypeCheck {

    private final Report report;

    TypeCheck(Report report) {
        this.report = report;
    }

    /// @param schema of the value at the place
    /// @param known what its template says of the value, see `Template.type`
    void check(
            Place place,
            Map<String, @Nullable Object> schema,
            Map<String, @Nullable Object> known,
            ProblemCode code) {
        check(place, (Object) schema, known, code);
    }

    private void check(
            Place place, @Nullable Object schema, @Nullable Object known, ProblemCode code) {
        if (!(schema instanceof Map<?, ?> wanted) || !(known instanceof Map<?, ?> given)) {
            return;
        }
        switch (place.node()) {
            case Node.Mapping mapping ->
                    mapping.members()
                            .forEach(
                                    (name, member) ->
                                            check(
                                                    place.member(member),
                                                    below(wanted, name),
                                                    below(given, name),
                                                    code));
            case Node.Sequence list -> {
                for (int index = 0; index < list.items().size(); index++) {
                    check(place.item(index), wanted.get("items"), given.get("items"), code);
                }
            }
            case Node.Scalar scalar -> {
                if (scalar.value() instanceof String text && Interpolation.first(text) >= 0) {
                    compare(place, wanted, given, code);
                }
            }
        }
    }

    private static @Nullable Object below(Map<?, ?> schema, String name) {
        return schema.get("properties") instanceof Map<?, ?> properties
                        && properties.containsKey(name)
                ? properties.get(name)
                : schema.get("additionalProperties");
    }

    private void compare(Place place, Map<?, ?> wanted, Map<?, ?> given, ProblemCode code) {
        if (!(given.get("type") instanceof String type)) {
            return;
        }
        var types =
                wanted.get("type") instanceof List<?> several
                        ? several
                        : wanted.get("type") instanceof String one ? List.of(one) : List.of();
        if (!types.isEmpty() && types.stream().noneMatch(one -> kind(one).equals(kind(type)))) {
            var words = types.stream().map(TypeCheck::kind).distinct().toList();
            report.error(
                    place,
                    code,
                    "%s must be %s, but the expression is %s."
                            .formatted(
                                    Leaves.subject(place), String.join(" or ", words), kind(type)),
                    hint(words, kind(type)));
        }
    }

    private static String kind(@Nullable Object type) {
        return switch (String.valueOf(type)) {
            case "integer", "number" -> "a number";
            case "string" -> "text";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "an object";
            default -> String.valueOf(type);
        };
    }

    private static @Nullable String hint(List<String> wanted, String given) {
        return wanted.contains("text")
                ? "string(…) makes text of any value"
                : wanted.contains("a number") && given.equals("text")
                        ? "int(…) and double(…) read numbers from texts"
                        : null;
    }
}
