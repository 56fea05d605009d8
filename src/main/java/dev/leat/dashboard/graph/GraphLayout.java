package dev.leat.dashboard.graph;

import java.util.List;

/// Finds a place for every node and a path for every edge. The only interface that knows how;
/// what is behind it may be replaced.
public interface GraphLayout {

    /// @param nodeWidth the same for all nodes
    Drawing arrange(Shape shape, int nodeWidth, Direction direction);

    enum Direction {
        DOWN,
        RIGHT
    }

    /// What is to be drawn, by number.
    ///
    /// @param size how many nodes
    /// @param edges each from a node to one that comes after it
    record Shape(int size, List<Edge> edges) {
        public Shape {
            edges = List.copyOf(edges);
        }
    }

    record Edge(int from, int to) {}

    /// @param boxes one for each node, by its number
    record Drawing(int width, int height, Direction direction, List<Box> boxes, List<Path> paths) {
        public static final Drawing EMPTY = new Drawing(0, 0, Direction.DOWN, List.of(), List.of());

        public Drawing {
            boxes = List.copyOf(boxes);
            paths = List.copyOf(paths);
        }
    }

    /// The upper left corner, and the size.
    record Box(int x, int y, int width, int height) {}

    /// @param data in the language of SVG's `d`
    record Path(int from, int to, String data) {}
}
