package dev.leat.workflow;

import org.jspecify.annotations.Nullable;

/// What is wrong where a JSON parser stopped, in words for people who write JSON by hand.
record JsonFault(String sentence, @Nullable String hint) {

    static JsonFault of(String text, int offset, String parserMessage) {
        var character = offset < text.length() ? text.charAt(offset) : ' ';
        if (parserMessage.startsWith("Illegal unquoted character")) {
            return new JsonFault(
                    "A string holds a line break, a tab or another control character.",
                    "write \\n for a line break and \\t for a tab; YAML has strings of several lines");
        }
        if (parserMessage.startsWith("Unrecognized character escape")) {
            return new JsonFault(
                    "'\\%s' is no escape in a JSON string.".formatted(character),
                    "write \\\\ for a backslash");
        }
        if (parserMessage.startsWith("Non-standard token")) {
            return new JsonFault("JSON has no NaN and no infinity.", null);
        }
        if (parserMessage.startsWith("Unrecognized token")) {
            return new JsonFault(
                    "%s is no JSON value.".formatted(Words.quoted(word(text, offset))),
                    "text needs double quotes");
        }
        if (parserMessage.contains("numeric value")) {
            return new JsonFault(
                    "The number isn't written as JSON writes numbers.",
                    "such as 0.5, 12 or -3, without leading zeros");
        }
        return unexpected(text, offset, character, parserMessage);
    }

    private static JsonFault unexpected(
            String text, int offset, char character, String parserMessage) {
        var what = "'%s' is unexpected here".formatted(character);
        if ((character == '}' || character == ']') && previous(text, offset) == ',') {
            return new JsonFault(
                    "A comma stands before '%s'.".formatted(character), "remove the comma");
        }
        return switch (character) {
            case '/', '#' ->
                    new JsonFault(
                            "JSON has no comments.",
                            "use an 'x-comment' key, or write the workflow in YAML");
            case '\'' -> new JsonFault(what + ".", "JSON's quotes are double ones");
            case '}', ']' -> new JsonFault(what + ".", "it closes nothing that is open");
            default -> new JsonFault(what + expectation(parserMessage), null);
        };
    }

    private static String expectation(String parserMessage) {
        if (parserMessage.contains("was expecting a colon")) {
            return "; a ':' must stand between a key and its value.";
        }
        if (parserMessage.contains("was expecting comma")) {
            return "; a ',' must stand between two values.";
        }
        if (parserMessage.contains("field name")) {
            return "; a key in double quotes must come next.";
        }
        return "; a value must come next.";
    }

    private static char previous(String text, int offset) {
        var at = Math.min(offset, text.length()) - 1;
        while (at >= 0 && Character.isWhitespace(text.charAt(at))) {
            at--;
        }
        return at >= 0 ? text.charAt(at) : ' ';
    }

    private static String word(String text, int offset) {
        var end = offset;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return text.substring(offset, end);
    }
}
