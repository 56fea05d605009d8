package dev.leat.dashboard;

import java.util.List;
import java.util.Locale;

/// A line without axes that tells whether something grows.
///
/// @param points as SVG has them
record Spark(String points) {

    static final int WIDTH = 96;
    static final int HEIGHT = 22;

    /// @param values oldest first; at least two
    static Spark of(List<Long> values) {
        var most = Math.max(1, values.stream().mapToLong(Long::longValue).max().orElse(1));
        var points = new StringBuilder();
        for (int at = 0; at < values.size(); at++) {
            var x = (double) at * WIDTH / (values.size() - 1);
            var y = HEIGHT - 1 - (double) values.get(at) / most * (HEIGHT - 2);
            points.append(String.format(Locale.ROOT, at == 0 ? "%.1f,%.1f" : " %.1f,%.1f", x, y));
        }
        return new Spark(points.toString());
    }
}
