package dev.leat.dashboard;

import dev.leat.store.RunState;
import dev.leat.store.RunStore.HalfHour;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How many runs each half hour of the last day has seen, and how they ended.
///
/// @param most the most in one half hour, which is as high as the chart
record HalfHours(long most, List<Column> columns) {

    /// A day.
    static final int NUMBER = 48;

    static final int HEIGHT = 100;
    private static final int STEP = 20;
    private static final int BAR = 16;
    private static final int THINNEST = 2;

    /// Four hours.
    private static final int MARKED_EVERY = 8;

    /// @param marked whether the axis names it
    /// @param parts from the bottom up
    record Column(
            Instant begin,
            int x,
            boolean marked,
            long good,
            long bad,
            long other,
            List<Part> parts) {

        long all() {
            return good + bad + other;
        }
    }

    record Part(String css, double x, double y, double height, int width) {}

    static HalfHours of(List<HalfHour> lately) {
        var counts = lately.stream().map(HalfHours::count).toList();
        var most = Math.max(1, counts.stream().mapToLong(Count::sum).max().orElse(0));
        var columns = new ArrayList<Column>();
        for (int at = 0; at < counts.size(); at++) {
            var count = counts.get(at);
            var begin = lately.get(at).begin();
            var parts = count.parts(at * STEP, most);
            columns.add(
                    new Column(
                            begin,
                            at * STEP,
                            at % MARKED_EVERY == 0,
                            count.good,
                            count.bad,
                            count.other,
                            parts));
        }
        return new HalfHours(most, List.copyOf(columns));
    }

    public long total() {
        return columns.stream().mapToLong(Column::all).sum();
    }

    long failed() {
        return columns.stream().mapToLong(Column::bad).sum();
    }

    public int width() {
        return columns.size() * STEP;
    }

    /// Those with runs, the newest first, as the table beside the chart has them.
    public List<Column> told() {
        return columns.reversed().stream().filter(column -> column.all() > 0).toList();
    }

    private static Count count(HalfHour half) {
        var good = of(half.opened(), RunState.SUCCESS);
        var bad = of(half.opened(), RunState.FAILED) + of(half.opened(), RunState.TIMED_OUT);
        var all = half.opened().values().stream().mapToLong(Long::longValue).sum();
        return new Count(good, bad, all - good - bad);
    }

    private static long of(Map<RunState, Long> counts, RunState state) {
        return counts.getOrDefault(state, 0L);
    }

    private record Count(long good, long bad, long other) {

        long sum() {
            return good + bad + other;
        }

        /// Failures at the bottom, where they are compared most easily.
        List<Part> parts(int x, long most) {
            var parts = new ArrayList<Part>();
            var top = add(parts, "is-failed", bad, x, HEIGHT, most);
            top = add(parts, "is-success", good, x, top, most);
            add(parts, "is-running", other, x, top, most);
            return List.copyOf(parts);
        }

        private static double add(
                List<Part> parts, String css, long count, int x, double bottom, long most) {
            if (count == 0) {
                return bottom;
            }
            var share = Math.max(THINNEST, (double) count / most * (HEIGHT - 2 * THINNEST));
            var height = Math.round(share * 10) / 10.0;
            var y = Math.round((bottom - height) * 10) / 10.0;
            parts.add(new Part(css, x + (STEP - BAR) / 2.0, y, height, BAR));
            return y;
        }
    }
}
