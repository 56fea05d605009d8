package dev.leat.workflow;

import java.util.Arrays;

/// A text whose offsets become lines and columns only where they are shown.
final class SourceText {

    private final String text;
    private int[] lineStarts = {};

    SourceText(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /// Both from 1; columns count as editors do.
    record Position(int line, int column) {}

    Position position(int offset) {
        if (lineStarts.length == 0) {
            lineStarts = findLineStarts();
        }
        var at = Math.clamp(offset, 0, text.length());
        var found = Arrays.binarySearch(lineStarts, at);
        var line = found >= 0 ? found : -found - 2;
        return new Position(line + 1, at - lineStarts[line] + 1);
    }

    private int[] findLineStarts() {
        var starts = new int[64];
        var count = 1;
        for (int at = 0; at < text.length(); at++) {
            if (endsLine(at)) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = at + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }

    private boolean endsLine(int at) {
        return switch (text.charAt(at)) {
            case '\n' -> true;
            case '\r' -> at + 1 == text.length() || text.charAt(at + 1) != '\n';
            default -> false;
        };
    }

    /// Where in the text the character of a string's value stands, whatever escapes, folded lines
    /// and indentation lie
    /// before it.
    int offsetWithin(Node.Scalar scalar, int index) {
        if (!(scalar.value() instanceof String value)) {
            return scalar.offset();
        }
        var wanted = countVisible(value, index);
        var reader = new ScalarReader(scalar);
        for (int seen = 0; seen < wanted && reader.more(); ) {
            seen += reader.next() ? 1 : 0;
        }
        reader.skipInvisible();
        return reader.at;
    }

    private static int countVisible(String value, int end) {
        var count = 0;
        for (int at = 0; at < Math.min(end, value.length()); at++) {
            count += Character.isWhitespace(value.charAt(at)) ? 0 : 1;
        }
        return count;
    }

    /// Walks over a scalar as it is written. Visible characters are the same in the text and in the
    /// value, whatever the
    /// spelling does to blanks; so they are what is counted.
    private final class ScalarReader {
        private final Node.Quoting quoting;
        private int at;

        ScalarReader(Node.Scalar scalar) {
            this.quoting = scalar.quoting();
            this.at =
                    switch (quoting) {
                        case PLAIN -> scalar.offset();
                        case DOUBLE, SINGLE -> scalar.offset() + 1;
                        case BLOCK -> afterLine(scalar.offset());
                    };
        }

        boolean more() {
            return at < text.length();
        }

        /// Steps over one character as written, and says whether it is a visible one.
        boolean next() {
            var character = text.charAt(at);
            if (quoting == Node.Quoting.DOUBLE && character == '\\' && at + 1 < text.length()) {
                return escape();
            }
            at += quoting == Node.Quoting.SINGLE && character == '\'' ? 2 : 1;
            return !Character.isWhitespace(character);
        }

        void skipInvisible() {
            while (more() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private boolean escape() {
            var kind = text.charAt(at + 1);
            var digits =
                    switch (kind) {
                        case 'x' -> 2;
                        case 'u' -> 4;
                        case 'U' -> 8;
                        default -> 0;
                    };
            var start = at + 2;
            at = Math.min(start + digits, text.length());
            if (digits > 0) {
                return !Character.isWhitespace(hexadecimal(start, at));
            }
            return "ntrfbe0avN_LP \t\r\n".indexOf(kind) < 0
                    || kind == 'b'
                    || kind == 'e'
                    || kind == '0'
                    || kind == 'a';
        }

        private int hexadecimal(int from, int to) {
            try {
                return Integer.parseInt(text, from, to, 16);
            } catch (NumberFormatException e) {
                return 'x';
            }
        }
    }

    private int afterLine(int offset) {
        var end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end + 1;
    }
}
