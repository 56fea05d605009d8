package dev.leat.workflow;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An `anyOf` or `oneOf` that a value didn't fit: where it stands in the schema, and which value it
/// looked at.
///
/// @param path of the keyword, from the schema's root and through its references
/// @param pointer of the value
record Choice(String path, String pointer) {

    /// Keywords whose next step is a name, and that go one level down in the value.
    private static final Set<String> NAMED = Set.of("properties", "patternProperties");

    /// The same for those whose next step is a number.
    private static final Set<String> NUMBERED = Set.of("prefixItems");

    /// Those that go one level down at once.
    private static final Set<String> DOWN =
            Set.of(
                    "items",
                    "additionalProperties",
                    "contains",
                    "unevaluatedItems",
                    "unevaluatedProperties");

    /// The first choice that an error's path leads through behind a certain length, or null where
    /// it
    /// leads through none.
    static @Nullable Choice of(Error error, int from) {
        var path = error.getEvaluationPath().toString();
        var steps = path.split("/", -1);
        var levels = 0;
        var length = 0;
        for (int at = 1; at < steps.length; at++) {
            var step = steps[at];
            length += 1 + step.length();
            if (length > from && (step.equals("anyOf") || step.equals("oneOf"))) {
                return new Choice(path.substring(0, length), levelsOf(error, levels));
            }
            if (NAMED.contains(step) || NUMBERED.contains(step)) {
                levels++;
                at++;
                length += at < steps.length ? 1 + steps[at].length() : 0;
            } else if (DOWN.contains(step)) {
                levels++;
            }
        }
        return null;
    }

    /// The pointer to the value so many levels down, on the way to the error's own.
    private static String levelsOf(Error error, int levels) {
        var pointer = error.getInstanceLocation().toString();
        var end = 0;
        for (int level = 0; level < levels && end < pointer.length(); level++) {
            var next = pointer.indexOf('/', end + 1);
            end = next < 0 ? pointer.length() : next;
        }
        return pointer.substring(0, end);
    }

    boolean isItself(Error error) {
        return error.getEvaluationPath().toString().length() == path.length();
    }

    /// The path to one of the forms.
    String form(Error error) {
        var path = error.getEvaluationPath().toString();
        var end = path.indexOf('/', this.path.length() + 1);
        return end < 0 ? path : path.substring(0, end);
    }

    /// The errors of the form that the author likely meant: the one that a constant such as a
    /// `type`
    /// selects, else one for the kind of value that stands there, else the one whose faults lie
    /// deepest.
    Map.Entry<String, List<Error>> nearest(List<Error> errors) {
        var forms = new LinkedHashMap<String, List<Error>>();
        for (var error : errors) {
            forms.computeIfAbsent(form(error), _ -> new ArrayList<>()).add(error);
        }
        return forms.entrySet().stream()
                .min(
                        Comparator.<Map.Entry<String, List<Error>>, Boolean>comparing(
                                        form -> has(form, "const", false))
                                .thenComparing(form -> has(form, "type", true))
                                .thenComparing(form -> -depth(form.getValue()))
                                .thenComparing(form -> form.getValue().size()))
                .orElseThrow();
    }

    /// @param here whether only errors with the very value count
    private boolean has(Map.Entry<String, List<Error>> form, String keyword, boolean here) {
        return form.getValue().stream()
                .filter(error -> of(error, form.getKey().length()) == null)
                .filter(error -> !here || error.getInstanceLocation().toString().equals(pointer))
                .anyMatch(error -> error.getKeyword().equals(keyword));
    }

    private static int depth(List<Error> form) {
        return form.stream()
                .mapToInt(error -> error.getInstanceLocation().getNameCount())
                .min()
                .orElse(0);
    }
}
