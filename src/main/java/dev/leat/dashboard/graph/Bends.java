package dev.leat.dashboard.graph;

import java.util.ArrayList;
import java.util.List;

/// A line with rounded corners.
final class Bends {

    private static final double RADIUS = 7;

    private final List<Point> points = new ArrayList<>();

    Bends(double x, double y) {
        points.add(new Point(x, y));
    }

    void to(double x, double y) {
        points.add(new Point(x, y));
    }

    /// In the language of SVG's `d`, in tenths.
    String data() {
        var data = new StringBuilder("M").append(points.getFirst());
        for (int at = 1; at < points.size() - 1; at++) {
            var corner = points.get(at);
            var before = corner.towards(points.get(at - 1));
            var after = corner.towards(points.get(at + 1));
            data.append('L').append(before).append('Q').append(corner).append(' ').append(after);
        }
        return data.append('L').append(points.getLast()).toString();
    }

    private record Point(double x, double y) {

        /// As far as the corner's radius, and never past the middle.
        Point towards(Point other) {
            var distance = Math.hypot(other.x - x, other.y - y);
            if (distance == 0) {
                return this;
            }
            var share = Math.min(RADIUS, distance / 2) / distance;
            return new Point(x + (other.x - x) * share, y + (other.y - y) * share);
        }

        @Override
        public String toString() {
            return tenths(x) + " " + tenths(y);
        }

        private static String tenths(double value) {
            var tenths = Math.round(value * 10);
            return tenths % 10 == 0 ? String.valueOf(tenths / 10) : String.valueOf(tenths / 10.0);
        }
    }
}
