package dev.leat.dashboard.graph;

import dev.leat.dashboard.graph.GraphLayout.Direction;
import dev.leat.dashboard.graph.GraphLayout.Edge;
import dev.leat.dashboard.graph.GraphLayout.Shape;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Draws a first small graph a while after the server answers, beside everything else, so that the
/// first visitor doesn't wait for the layout's classes, and the first run not for the drawing.
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

    private static final long BUSY_WITH_STARTING_MILLIS = 5_000;

    private final GraphLayout layout;
    private final Vertx vertx;

    GraphWarmUp(GraphLayout layout, Vertx vertx) {
        this.layout = layout;
        this.vertx = vertx;
    }

    void served(@ObservesAsync HttpServerStart started) {
        vertx.setTimer(BUSY_WITH_STARTING_MILLIS, _ -> vertx.executeBlocking(this::warm, false));
    }

    private @Nullable Void warm() {
        for (var direction : Direction.values()) {
            layout.arrange(SMALL, 160, direction);
        }
        return null;
    }
}
