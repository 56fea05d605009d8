package dev.leat.workflow.expression;

import java.util.ArrayList;
import java.util.List;

/// Finds the expressions in a text: what stands between `${` and the brace that closes it.
final class TextScanner {

    /// A part of a text.
    sealed interface Piece {
        /// As it stands, with `$${` already made `${`.
        record Literal(String text) implements Piece {}

        /// @param offset of its first character, after `${`
        record Code(String text, int offset) implements Piece {}

        /// `${` without its `}`.
        record Unclosed(int offset) implements Piece {}
    }

    private static final String OPEN = "${";

    private final String text;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    private TextScanner(String text) {
        this.text = text;
    }

    /// No piece is an empty literal.
    static List<Piece> scan(String text) {
        var scanner = new TextScanner(text);
        scanner.scan();
        return scanner.pieces;
    }

    private void scan() {
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf(OPEN, at);
            if (open < 0) {
                break;
            }
            if (open > at && text.charAt(open - 1) == '$') {
                literal.append(text, at, open - 1).append(OPEN);
                at = open + OPEN.length();
                continue;
            }
            literal.append(text, at, open);
            int close = close(open + OPEN.length());
            if (close < 0) {
                endLiteral();
                pieces.add(new Piece.Unclosed(open));
                return;
            }
            endLiteral();
            var from = open + OPEN.length();
            pieces.add(new Piece.Code(text.substring(from, close), from));
            at = close + 1;
        }
        literal.append(text, at, text.length());
        endLiteral();
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            pieces.add(new Piece.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    /// Where the brace is that closes an expression; braces within its texts, maps and comments
    /// don't.
    private int close(int from) {
        int depth = 0;
        int at = from;
        while (at < text.length()) {
            switch (text.charAt(at)) {
                case '{' -> depth++;
                case '}' -> {
                    if (depth-- == 0) {
                        return at;
                    }
                }
                case '"', '\'' -> at = endOfString(at, from) - 1;
                case '/' -> at = text.startsWith("//", at) ? endOfLine(at) : at;
                default -> {}
            }
            at++;
        }
        return -1;
    }

    private int endOfLine(int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    /// Just after the quote that closes the string.
    private int endOfString(int at, int from) {
        var quote = text.substring(at, at + 1);
        var triple = quote.repeat(3);
        var mark = text.startsWith(triple, at) ? triple : quote;
        var raw = isRaw(at, from);
        int next = at + mark.length();
        while (next < text.length() && !text.startsWith(mark, next)) {
            next += text.charAt(next) == '\\' && !raw ? 2 : 1;
        }
        return Math.min(text.length(), next + mark.length());
    }

    /// Whether an `r` before the quote takes the backslash its meaning.
    private boolean isRaw(int quote, int from) {
        var raw = false;
        int at = quote - 1;
        for (; at >= from && "rRbB".indexOf(text.charAt(at)) >= 0; at--) {
            raw |= "rR".indexOf(text.charAt(at)) >= 0;
        }
        return raw && (at < from || !Character.isJavaIdentifierPart(text.charAt(at)));
    }
}
