package dev.leat.store.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a word is: letters and digits of any script in a row, without regard to case. Everything
/// else lies between words, also what is only meant for terminals.
///
/// Both databases get the words from here, so that a search finds the same on each.
public final class LogWords {

    /// Of longer ones, such as keys and encoded data, only the beginning counts.
    static final int LONGEST = 64;

    private static final char ESCAPE = '\u001b';

    /// CSI sequences, OSC sequences to their end, and other two-character escapes.
    /// The parameters of a CSI sequence and the letter that ends it are groups.
    public static final Pattern SEQUENCE =
            Pattern.compile(
                    "\u001b\\[([0-9;:?]*)([@-~])|\u001b\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?"
                            + "|\u001b[@-Z\\\\^_]|\u001b");

    private LogWords() {}

    /// @param text in lower case, cut where it is long
    /// @param from where it begins in the line
    /// @param to where it ends there
    record Word(String text, int from, int to) {}

    /// The line as it is read, without what only terminals understand.
    public static String plain(String line) {
        return line.indexOf(ESCAPE) < 0 ? line : SEQUENCE.matcher(line).replaceAll("");
    }

    /// The words of a plain line, in order.
    static List<Word> of(String line) {
        var words = new ArrayList<Word>();
        int at = 0;
        while (at < line.length()) {
            int letter = line.codePointAt(at);
            if (!Character.isLetterOrDigit(letter)) {
                at += Character.charCount(letter);
                continue;
            }
            int from = at;
            while (at < line.length() && Character.isLetterOrDigit(line.codePointAt(at))) {
                at += Character.charCount(line.codePointAt(at));
            }
            words.add(new Word(folded(line, from, at), from, at));
        }
        return words;
    }

    private static String folded(String line, int from, int to) {
        int end = Math.min(to, from + LONGEST);
        if (end < to && Character.isHighSurrogate(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(from, end).toLowerCase(Locale.ROOT);
    }
}
