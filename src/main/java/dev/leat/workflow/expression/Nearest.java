package dev.leat.workflow.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the word that was likely meant.
public final class Nearest {

    /// A workflow may have a hundred thousand tasks and a mistake in each: the search for what was
    /// meant stays small beside the reading.
    private static final int MOST_COMPARED = 2_000;

    private Nearest() {}

    /// The known word that differs least from `word`; empty where none is near.
    public static Optional<String> nearest(String word, Collection<String> known) {
        var furthest = Math.max(1, word.length() / 3);
        return known.stream()
                .limit(MOST_COMPARED)
                .filter(candidate -> !candidate.equals(word))
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= furthest)
                .map(candidate -> new Distance(candidate, distance(word, candidate)))
                .filter(found -> found.edits() <= furthest && found.edits() < longer(word, found))
                .min(Comparator.comparingInt(Distance::edits).thenComparing(Distance::word))
                .map(Distance::word);
    }

    /// `did you mean 'day'?`, or null where no known word is near.
    public static @Nullable String hint(String word, Collection<String> known) {
        return nearest(word, known).map(near -> "did you mean '" + near + "'?").orElse(null);
    }

    /// Where every letter differs, nothing was meant.
    private static int longer(String word, Distance found) {
        return Math.max(word.length(), found.word().length());
    }

    /// How many letters have to be put in, left out, replaced or swapped with their neighbour; case
    /// counts for nothing.
    private static int distance(String one, String other) {
        var from = one.toLowerCase(Locale.ROOT);
        var to = other.toLowerCase(Locale.ROOT);
        var rows = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                var changed = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                rows[i][j] =
                        Math.min(
                                rows[i - 1][j - 1] + changed,
                                Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[from.length()][to.length()];
    }

    private record Distance(String word, int edits) {}
}
