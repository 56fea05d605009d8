package dev.leat.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// What differs between two texts, as lines beside each other. Equal lines far from any difference
/// are left out.
///
/// @param rows in the order of the texts; none where the texts are equal
/// @param added lines that are new, changed ones among them
/// @param removed lines that are gone, changed ones among them
public record SourceDiff(List<Row> rows, int added, int removed) {

    private static final int CONTEXT = 3;
    private static final int MOST_DIFFERENCES = 1_500;
    private static final int MOST_WORDS = 400;
    private static final int MOST_ROWS = 5_000;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+|\\s+|.", Pattern.DOTALL);

    public SourceDiff {
        rows = List.copyOf(rows);
    }

    public enum Kind {
        SAME,
        CHANGED,
        REMOVED,
        ADDED,
        /// Stands for equal lines that aren't shown; `left` counts them.
        LEFT_OUT
    }

    /// @param left number of the line before, from 1; 0 for none
    /// @param right number of the line after, from 1; 0 for none
    public record Row(Kind kind, int left, int right, List<Span> before, List<Span> after) {}

    /// @param marked whether it is what changed within the line
    public record Span(String text, boolean marked) {}

    /// Texts of any size are compared; where they have more in difference than a person looks
    /// through, all of what lies between their equal ends counts as changed.
    public static SourceDiff of(String before, String after) {
        var old = before.lines().toList();
        var fresh = after.lines().toList();
        var writer = new Writer(old, fresh);
        writer.compare(Matching.of(old, fresh, MOST_DIFFERENCES));
        return new SourceDiff(folded(writer.rows), writer.added, writer.removed);
    }

    public boolean isEmpty() {
        return added == 0 && removed == 0;
    }

    private static final class Writer {
        private final List<String> before;
        private final List<String> after;
        private final List<Row> rows = new ArrayList<>();
        private int added;
        private int removed;

        Writer(List<String> before, List<String> after) {
            this.before = before;
            this.after = after;
        }

        void compare(int[] partners) {
            int left = 0;
            int right = 0;
            for (int at = 0; at < partners.length; at++) {
                if (partners[at] != Matching.NONE) {
                    different(left, at, right, partners[at]);
                    var line = List.of(new Span(before.get(at), false));
                    rows.add(new Row(Kind.SAME, at + 1, partners[at] + 1, line, line));
                    left = at + 1;
                    right = partners[at] + 1;
                }
            }
            different(left, before.size(), right, after.size());
        }

        private void different(int from, int end, int otherFrom, int otherEnd) {
            removed += end - from;
            added += otherEnd - otherFrom;
            var both = Math.min(end - from, otherEnd - otherFrom);
            for (int at = 0; at < both; at++) {
                rows.add(changed(from + at, otherFrom + at));
            }
            for (int at = from + both; at < end; at++) {
                var line = List.of(new Span(before.get(at), false));
                rows.add(new Row(Kind.REMOVED, at + 1, 0, line, List.of()));
            }
            for (int at = otherFrom + both; at < otherEnd; at++) {
                var line = List.of(new Span(after.get(at), false));
                rows.add(new Row(Kind.ADDED, 0, at + 1, List.of(), line));
            }
        }

        private Row changed(int left, int right) {
            var old = words(before.get(left));
            var fresh = words(after.get(right));
            var oldMarks = new boolean[old.size()];
            var freshMarks = new boolean[fresh.size()];
            Arrays.fill(oldMarks, true);
            Arrays.fill(freshMarks, true);
            var partners = Matching.of(old, fresh, MOST_WORDS);
            for (int at = 0; at < partners.length; at++) {
                if (partners[at] != Matching.NONE) {
                    oldMarks[at] = false;
                    freshMarks[partners[at]] = false;
                }
            }
            return new Row(
                    Kind.CHANGED,
                    left + 1,
                    right + 1,
                    spans(old, oldMarks),
                    spans(fresh, freshMarks));
        }
    }

    private static List<String> words(String line) {
        return WORD.matcher(line).results().map(found -> found.group()).toList();
    }

    private static List<Span> spans(List<String> words, boolean[] marks) {
        var spans = new ArrayList<Span>();
        var text = new StringBuilder();
        for (int at = 0; at < marks.length; at++) {
            text.append(words.get(at));
            if (at + 1 == marks.length || marks[at + 1] != marks[at]) {
                spans.add(new Span(text.toString(), marks[at]));
                text.setLength(0);
            }
        }
        return List.copyOf(spans);
    }

    private static List<Row> folded(List<Row> rows) {
        var near = new boolean[rows.size()];
        for (int at = 0; at < near.length; at++) {
            if (rows.get(at).kind() != Kind.SAME) {
                var end = Math.min(near.length - 1, at + CONTEXT);
                for (int other = Math.max(0, at - CONTEXT); other <= end; other++) {
                    near[other] = true;
                }
            }
        }
        var shown = new ArrayList<Row>();
        int left = 0;
        for (int at = 0; at < near.length && shown.size() < MOST_ROWS; at++) {
            left += near[at] ? 0 : 1;
            var ends = !near[at] && (at + 1 == near.length || near[at + 1]);
            if (near[at]) {
                shown.add(rows.get(at));
            } else if (ends) {
                shown.add(new Row(Kind.LEFT_OUT, left, 0, List.of(), List.of()));
                left = 0;
            }
        }
        return shown;
    }
}
