package dev.leat.workflow.expression;

/// Texts as JSON writes them.
final class JsonText {

    private JsonText() {}

    static void quote(String string, Meter.TextBuilder text) {
        text.append("\"");
        int from = 0;
        for (int at = 0; at < string.length(); at++) {
            var escape = escape(string.charAt(at));
            if (!escape.isEmpty()) {
                text.append(string.substring(from, at)).append(escape);
                from = at + 1;
            }
        }
        text.append(string.substring(from)).append("\"");
    }

    private static String escape(char character) {
        return switch (character) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default -> character < ' ' ? String.format("\\u%04x", (int) character) : "";
        };
    }
}
