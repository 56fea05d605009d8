package dev.leat.workflow.expression;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// CEL's messages in our words.
final class Wording {

    private static final Pattern NO_OVERLOAD =
            Pattern.compile(
                    "found no matching overload for '([^']*)' applied to '(.*?)'(?: \\(candidates.*)?",
                    Pattern.DOTALL);
    private static final Pattern EXPECTED =
            Pattern.compile("expected type '([^']*)' but found '([^']*)'", Pattern.DOTALL);
    private static final Pattern UNEXPECTED =
            Pattern.compile(
                    ".*?(?:mismatched|extraneous) input '(.*?)' expecting.*", Pattern.DOTALL);
    private static final int LONGEST = 300;

    private Wording() {}

    static boolean isLimit(String message) {
        return message.contains("recursion")
                || message.contains("node count")
                || message.contains("code point size");
    }

    static String syntax(String message) {
        if (isLimit(message)) {
            return "The expression is too large or nested too deep.";
        }
        var unexpected = UNEXPECTED.matcher(message);
        if (unexpected.matches()) {
            var found = unexpected.group(1);
            return found.equals("<EOF>")
                    ? "The expression ends too early."
                    : "'" + shortened(found) + "' doesn't belong here.";
        }
        return "The expression can't be read: " + shortened(message.strip()) + ".";
    }

    static String type(String message) {
        var noOverload = NO_OVERLOAD.matcher(message.strip());
        if (noOverload.matches()) {
            return "%s can't be applied to %s."
                    .formatted(function(noOverload.group(1)), arguments(noOverload.group(2)));
        }
        var expected = EXPECTED.matcher(message.strip());
        return expected.matches()
                ? "%s is needed, not %s."
                        .formatted(kind(expected.group(1)), kind(expected.group(2)))
                : shortened(message.strip()) + ".";
    }

    private static String function(String name) {
        return switch (name) {
            case "_[_]", "_[?_]" -> "[…]";
            case "@in" -> "'in'";
            case "_?_:_" -> "'? :'";
            default ->
                    name.contains("_") && !Character.isLetter(name.charAt(0))
                            ? "'" + name.replace("_", "") + "'"
                            : name + "()";
        };
    }

    /// `string.(int)` where there is a receiver, else `(string, int)`.
    private static String arguments(String written) {
        var plain = written.replace(".(", ", ").replace("(", ", ").replace(")", "");
        var kinds =
                Arrays.stream(plain.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .map(Wording::kind)
                        .collect(Collectors.toList());
        return kinds.isEmpty() ? "nothing" : String.join(" and ", kinds);
    }

    static String kind(String type) {
        return type.startsWith("list")
                ? "list"
                : type.startsWith("map") ? "map" : TypeName.plain(type);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
