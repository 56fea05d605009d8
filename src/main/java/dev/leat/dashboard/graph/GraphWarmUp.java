package dev.leat.dashboard.graph;

import dev.leat.dashboard.graph.GraphLayout.Direction;
import dev.leat.dashboard.graph.GraphLayout.Edge;
import dev.leat.dashboard.graph.GraphLayout.Shape;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.List;

/// Draws a first small graph once the server answers, beside everything else, so that the first
/// visitor doesn't wait for the layout's classes.
@ApplicationScoped
class GraphWarmUp {

    private static final Shape SMALL =
            new Shape(
                    5,
                    List.of(
                            new Edge(0, 1),
                            new Edge(0, 2),
                            new Edge(1, 3),
                            new Edge(2, 3),
                            new Edge(0, 4)));

    private final GraphLayout layout;

    GraphWarmUp(GraphLayout layout) {
        this.layout = layout;
    }

    void warm(@ObservesAsync HttpServerStart started) {
        for (var direction : Direction.values()) {
            layout.arrange(SMALL, 160, direction);
        }
    }
}
