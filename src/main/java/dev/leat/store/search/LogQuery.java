package dev.leat.store.search;

import dev.leat.store.search.LogWords.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What somebody looks for in logs: `timeout "connection refused" ware* -retry` fits a line that
/// has all of these words, in any order and case, and not the one with the minus. A phrase is words
/// that follow each other, whatever lies between them; so is everything that is written together,
/// such as `10.2.0.7`.
public final class LogQuery {

    private static final int LONGEST = 500;
    private static final int MOST_TERMS = 20;

    private final String text;
    private final List<Term> wanted;
    private final List<Term> unwanted;
    private final List<String> sought;

    private LogQuery(String text, List<Term> terms) {
        this.text = text;
        this.wanted = terms.stream().filter(term -> !term.negative).toList();
        // What a sigma becomes depends on where it stands.
        this.sought =
                wanted.stream()
                        .flatMap(term -> term.words.stream())
                        .filter(word -> word.indexOf('σ') < 0 && word.indexOf('ς') < 0)
                        .distinct()
                        .toList();
        this.unwanted = terms.stream().filter(term -> term.negative).toList();
    }

    /// @throws IllegalArgumentException with a sentence that says what is wrong
    public static LogQuery parse(String text) {
        var stripped = text.strip();
        if (stripped.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "A search has at most %d characters, and this one has %d."
                            .formatted(LONGEST, stripped.length()));
        }
        var query = new LogQuery(stripped, terms(stripped));
        if (query.wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    query.unwanted.isEmpty()
                            ? "A search needs at least one word, of letters or digits."
                            : "A search needs at least one word without a minus: what is not there can't be looked for.");
        }
        return query;
    }

    private static List<Term> terms(String text) {
        var terms = new ArrayList<Term>();
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            var negative = text.charAt(at) == '-';
            int from = negative ? at + 1 : at;
            var quoted = from < text.length() && text.charAt(from) == '"';
            int end = quoted ? closing(text, from + 1) : space(text, from);
            var words = LogWords.of(text.substring(quoted ? from + 1 : from, end));
            at = quoted ? end + 1 : end;
            var prefix = at < text.length() && text.charAt(at) == '*' || text.charAt(at - 1) == '*';
            if (!words.isEmpty()) {
                terms.add(new Term(words.stream().map(Word::text).toList(), prefix, negative));
            }
        }
        if (terms.size() > MOST_TERMS) {
            throw new IllegalArgumentException(
                    "A search has at most %d words and phrases.".formatted(MOST_TERMS));
        }
        return terms;
    }

    private static int closing(String text, int from) {
        int end = text.indexOf('"', from);
        if (end < 0) {
            throw new IllegalArgumentException(
                    "The phrase that begins with \" has no \" at its end: " + text);
        }
        return end;
    }

    private static int space(String text, int from) {
        int end = from;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /// As it was typed.
    public String text() {
        return text;
    }

    /// Whether the line has all that is wanted and nothing that isn't.
    public boolean fits(String line) {
        var plain = LogWords.plain(line);
        if (!mayFit(plain)) {
            return false;
        }
        var words = LogWords.of(plain);
        return wanted.stream().allMatch(term -> term.in(words))
                && unwanted.stream().noneMatch(term -> term.in(words));
    }

    /// Most lines lack a word altogether, which is seen without cutting them into words.
    private boolean mayFit(String plain) {
        var lower = plain.toLowerCase(Locale.ROOT);
        return sought.stream().allMatch(lower::contains);
    }

    /// The parts of a plain line that are what was looked for, in order and apart.
    public List<Range> found(String plain) {
        var words = LogWords.of(plain);
        var ranges = new ArrayList<Range>();
        for (var term : wanted) {
            for (int at = 0; at + term.words.size() <= words.size(); at++) {
                if (term.at(words, at)) {
                    var last = words.get(at + term.words.size() - 1);
                    ranges.add(new Range(words.get(at).from(), last.to()));
                }
            }
        }
        ranges.sort(Comparator.comparingInt(Range::from).thenComparingInt(Range::to));
        return apart(ranges);
    }

    private static List<Range> apart(List<Range> ranges) {
        var apart = new ArrayList<Range>();
        for (var range : ranges) {
            if (apart.isEmpty() || apart.getLast().to < range.from) {
                apart.add(range);
            } else if (apart.getLast().to < range.to) {
                apart.set(apart.size() - 1, new Range(apart.getLast().from, range.to));
            }
        }
        return apart;
    }

    /// The words that a part of a log must have for any of its lines to fit.
    Set<Needed> needed() {
        var needed = new LinkedHashSet<Needed>();
        for (var term : wanted) {
            for (int at = 0; at < term.words.size(); at++) {
                var last = at == term.words.size() - 1;
                needed.add(new Needed(term.words.get(at), last && term.prefix));
            }
        }
        return needed;
    }

    @Override
    public String toString() {
        return text;
    }

    /// Part of a line, in characters.
    public record Range(int from, int to) {}

    public record Needed(String word, boolean prefix) {}

    /// Words that follow each other; of the last only the beginning counts where it is a prefix.
    private record Term(List<String> words, boolean prefix, boolean negative) {

        boolean in(List<Word> line) {
            for (int at = 0; at + words.size() <= line.size(); at++) {
                if (at(line, at)) {
                    return true;
                }
            }
            return false;
        }

        boolean at(List<Word> line, int from) {
            for (int at = 0; at < words.size(); at++) {
                var word = line.get(from + at).text();
                var wanted = words.get(at);
                var fits =
                        prefix && at == words.size() - 1
                                ? word.startsWith(wanted)
                                : word.equals(wanted);
                if (!fits) {
                    return false;
                }
            }
            return true;
        }
    }
}
