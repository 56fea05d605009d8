package dev.leat.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which entries of one list are which entries of another one, in order, as many as can be: the
/// algorithm of Myers, which takes as long as the lists are different.
final class Matching {

    /// For an entry that has gone.
    static final int NONE = -1;

    private final List<?> before;
    private final List<?> after;
    private final int[] partners;
    private int first;
    private int endBefore;
    private int endAfter;

    private Matching(List<?> before, List<?> after) {
        this.before = before;
        this.after = after;
        this.partners = new int[before.size()];
        this.endBefore = before.size();
        this.endAfter = after.size();
        Arrays.fill(partners, NONE);
    }

    /// @param most how many differences are looked through; where there are more, only what both
    /// begin and end with is found
    /// @return for each entry before, where it is after, or [#NONE]
    static int[] of(List<?> before, List<?> after, int most) {
        var matching = new Matching(before, after);
        matching.takeEnds();
        matching.search(most);
        return matching.partners;
    }

    private void takeEnds() {
        while (first < endBefore && first < endAfter && same(first, first)) {
            partners[first] = first;
            first++;
        }
        while (endBefore > first && endAfter > first && same(endBefore - 1, endAfter - 1)) {
            partners[--endBefore] = --endAfter;
        }
    }

    private boolean same(int one, int other) {
        return before.get(one).equals(after.get(other));
    }

    private void search(int most) {
        var rows = endBefore - first;
        var columns = endAfter - first;
        if (rows == 0 || columns == 0) {
            return;
        }
        var bound = Math.min(rows + columns, most);
        var reached = new int[2 * bound + 3];
        var middle = bound + 1;
        var trace = new ArrayList<int[]>();
        for (int depth = 0; depth <= bound; depth++) {
            trace.add(Arrays.copyOfRange(reached, middle - depth - 1, middle + depth + 2));
            for (int diagonal = -depth; diagonal <= depth; diagonal += 2) {
                var down =
                        diagonal == -depth
                                || diagonal != depth
                                        && reached[middle + diagonal - 1]
                                                < reached[middle + diagonal + 1];
                var row =
                        down ? reached[middle + diagonal + 1] : reached[middle + diagonal - 1] + 1;
                row = follow(row, diagonal);
                reached[middle + diagonal] = row;
                if (row >= rows && row - diagonal >= columns) {
                    walkBack(trace, depth, diagonal, row);
                    return;
                }
            }
        }
    }

    /// As far as both go on alike.
    private int follow(int from, int diagonal) {
        var row = from;
        while (first + row < endBefore
                && first + row - diagonal < endAfter
                && row >= diagonal
                && same(first + row, first + row - diagonal)) {
            row++;
        }
        return row;
    }

    private void walkBack(List<int[]> trace, int depths, int lastDiagonal, int lastRow) {
        var row = lastRow;
        var diagonal = lastDiagonal;
        for (int depth = depths; depth >= 0; depth--) {
            var reached = trace.get(depth);
            var middle = depth + 1;
            var down =
                    diagonal == -depth
                            || diagonal != depth
                                    && reached[middle + diagonal - 1]
                                            < reached[middle + diagonal + 1];
            var start = down ? reached[middle + diagonal + 1] : reached[middle + diagonal - 1] + 1;
            while (row > start) {
                row--;
                partners[first + row] = first + row - diagonal;
            }
            row = down ? start : start - 1;
            diagonal = down ? diagonal + 1 : diagonal - 1;
        }
    }
}
