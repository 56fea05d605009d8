package dev.leat.workflow;

import static dev.leat.workflow.Caret.NO_QUOTE;

import dev.leat.workflow.Caret.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads JSON, or what YAML has of it between braces, as far as anything can be made out of it.
final class LooseJson {

    private static final String PUNCTUATION = "{}[],:\"'";

    private final LooseDocument document;
    private final String text;
    private int at;
    private int depth;

    LooseJson(LooseDocument document) {
        this.document = document;
        this.text = document.text();
    }

    /// @return where the value ends
    int read(int offset, List<Object> path) {
        at = offset;
        blank(path, Role.VALUE);
        value(path);
        return at;
    }

    private void value(List<Object> path) {
        if (at >= text.length() || depth >= LooseDocument.DEEPEST) {
            return;
        }
        switch (text.charAt(at)) {
            case '{' -> object(path);
            case '[' -> list(path);
            case '}', ']', ',' -> {}
            default -> document.put(path, plain(word(path, Role.VALUE)));
        }
    }

    private void object(List<Object> path) {
        document.put(path, new LinkedHashMap<String, Object>());
        at++;
        depth++;
        blank(path, Role.KEY);
        while (at < text.length() && text.charAt(at) != '}' && text.charAt(at) != ']') {
            var before = at;
            if (text.charAt(at) != ',') {
                member(path);
            }
            blank(null, Role.KEY);
            comma(path, Role.KEY);
            at = at == before ? at + 1 : at;
        }
        close('}');
    }

    private void member(List<Object> path) {
        var quoted = isQuote(text.charAt(at));
        var key = word(path, Role.KEY);
        blank(null, Role.KEY);
        if (at >= text.length() || text.charAt(at) != ':') {
            return;
        }
        at++;
        var below = LooseDocument.below(path, quoted ? unquoted(key) : key);
        document.put(below, "");
        blank(below, Role.VALUE);
        value(below);
    }

    private void list(List<Object> path) {
        document.put(path, new ArrayList<Object>());
        at++;
        depth++;
        int index = 0;
        blank(LooseDocument.below(path, 0), Role.VALUE);
        while (at < text.length() && text.charAt(at) != ']' && text.charAt(at) != '}') {
            var before = at;
            if (text.charAt(at) != ',') {
                value(LooseDocument.below(path, index));
            }
            blank(null, Role.VALUE);
            comma(LooseDocument.below(path, ++index), Role.VALUE);
            at = at == before ? at + 1 : at;
        }
        close(']');
    }

    /// Another bracket than the one that is due belongs to something further out.
    private void close(char bracket) {
        depth--;
        if (at < text.length() && text.charAt(at) == bracket) {
            at++;
        }
    }

    private void comma(List<Object> path, Role role) {
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
            blank(path, role);
        }
    }

    /// Steps over blanks; whoever types there begins something at the path.
    private void blank(@Nullable List<Object> path, Role role) {
        var from = at;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        var starts = at < text.length() && isWordly(text.charAt(at));
        var inside = document.isWithin(from, starts ? at - 1 : at);
        if (path != null && inside) {
            var caret = document.caretAt();
            document.claim(path, role, caret, caret, NO_QUOTE);
        }
    }

    private static boolean isWordly(char character) {
        return isQuote(character) || PUNCTUATION.indexOf(character) < 0;
    }

    private static boolean isQuote(char character) {
        return character == '"' || character == '\'';
    }

    private String word(List<Object> path, Role role) {
        var start = at;
        var quote = text.charAt(at);
        if (!isQuote(quote)) {
            while (at < text.length()
                    && PUNCTUATION.indexOf(text.charAt(at)) < 0
                    && text.charAt(at) != '\n') {
                at++;
            }
            at = at == start ? at + 1 : at;
            var word = text.substring(start, at);
            document.claim(path, role, start, at, NO_QUOTE);
            return word.strip();
        }
        at++;
        while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
            at += text.charAt(at) == '\\' && quote == '"' ? 2 : 1;
        }
        at = Math.min(at, text.length());
        document.claim(path, role, start + 1, at, quote);
        if (at < text.length() && text.charAt(at) == quote) {
            at++;
        }
        return text.substring(start, at);
    }

    private static String unquoted(String word) {
        var end = word.length() > 1 && word.charAt(word.length() - 1) == word.charAt(0);
        return word.substring(1, end ? word.length() - 1 : word.length());
    }

    static Object plain(String word) {
        if (word.isEmpty()) {
            return word;
        }
        if (isQuote(word.charAt(0))) {
            return unquoted(word);
        }
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> word;
        };
    }
}
