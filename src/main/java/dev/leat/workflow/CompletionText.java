package dev.leat.workflow;

import dev.leat.workflow.WorkflowLoader.Format;
import java.util.Map;
import java.util.regex.Pattern;

/// How what is offered is written where the caret is, so that the text stays JSON or YAML.
final class CompletionText {

    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9_$/.][^#:\\n]*(?:[:#][^\\s#:][^#:\\n]*)*");
    private static final Pattern OTHER =
            Pattern.compile("true|false|null|~|[-+.0-9][0-9.eE+-]*", Pattern.CASE_INSENSITIVE);

    private final String text;
    private final Format format;
    private final Caret caret;

    CompletionText(String text, Format format, Caret caret) {
        this.text = text;
        this.format = format;
        this.caret = caret;
    }

    /// What a value begins with, so that it can be gone on with.
    enum Opening {
        NOTHING,
        TEXT,
        LIST,
        OBJECT;

        static Opening of(Shape shape) {
            return switch (shape) {
                case Shape.Text _, Shape.OneOf _, Shape.Period _, Shape.Moment _ -> TEXT;
                case Shape.ListOf _, Shape.OneOrMore _ -> LIST;
                case Shape.MapOf _, Shape.Keyed _, Shape.Schema _ -> OBJECT;
                case Shape.Either either -> of(either.otherwise());
                case Shape.Condition _, Shape.Items _ -> TEXT;
                case Shape.Flag _,
                        Shape.Whole _,
                        Shape.Decimal _,
                        Shape.AnyValue _,
                        Shape.Variable _ ->
                        NOTHING;
            };
        }

        static Opening of(Map<?, ?> schema) {
            return switch (String.valueOf(schema.get("type"))) {
                case "string" -> TEXT;
                case "array" -> LIST;
                case "object" -> OBJECT;
                default -> NOTHING;
            };
        }
    }

    /// @param back how many characters before its end the caret goes
    record Insert(String text, int back) {}

    private boolean isQuoted() {
        return caret.quote() == '"' || caret.quote() == '\'';
    }

    private boolean isClosed() {
        return isQuoted() && caret.to() < text.length() && text.charAt(caret.to()) == caret.quote();
    }

    private boolean hasColon() {
        var at = caret.to() + (isClosed() ? 1 : 0);
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at < text.length() && text.charAt(at) == ':';
    }

    /// What a key takes the place of.
    int keyEnd() {
        return caret.to() + (isClosed() && !hasColon() ? 1 : 0);
    }

    int valueEnd() {
        return caret.to();
    }

    Insert key(String name, Opening opening) {
        if (hasColon()) {
            var quotes = format == Format.JSON && !isQuoted();
            return new Insert(quotes ? '"' + name + '"' : name, 0);
        }
        if (format == Format.YAML && !isQuoted()) {
            return yaml(name, opening);
        }
        var quote = isQuoted() ? caret.quote() : '"';
        var start = (isQuoted() ? "" : quote) + name + quote + ": ";
        return switch (opening) {
            case NOTHING -> new Insert(start, 0);
            case TEXT -> new Insert(start + "\"\"", 1);
            case LIST -> new Insert(start + "[]", 1);
            case OBJECT -> new Insert(start + "{}", 1);
        };
    }

    private Insert yaml(String name, Opening opening) {
        var start = lead() + name + ":";
        var inner = "\n" + " ".repeat(column() + 2);
        return switch (opening) {
            case NOTHING, TEXT -> new Insert(start + " ", 0);
            case LIST -> new Insert(start + inner + "- ", 0);
            case OBJECT -> new Insert(start + inner, 0);
        };
    }

    /// A colon or a hyphen wants a blank after it.
    private String lead() {
        var before = caret.from() > 0 ? text.charAt(caret.from() - 1) : ' ';
        return format == Format.YAML && !isQuoted() && (before == ':' || before == '-') ? " " : "";
    }

    private int column() {
        return caret.from() - text.lastIndexOf('\n', caret.from() - 1) - 1 + lead().length();
    }

    Insert value(Object value) {
        var word = String.valueOf(value);
        var back = word.equals("${  }") ? 2 : 0;
        if (!(value instanceof String)) {
            return new Insert(lead() + word, 0);
        }
        if (isQuoted()) {
            var end = isClosed() ? "" : String.valueOf(caret.quote());
            return new Insert(word + end, back + end.length() * (back > 0 ? 1 : 0));
        }
        if (format == Format.YAML && (caret.quote() == '|' || isPlain(word))) {
            return new Insert(lead() + word, back);
        }
        var escaped = word.replace("\\", "\\\\").replace("\"", "\\\"");
        return new Insert(lead() + '"' + escaped + '"', back > 0 ? back + 1 : 0);
    }

    private static boolean isPlain(String word) {
        return PLAIN.matcher(word).matches() && !OTHER.matcher(word).matches();
    }
}
