package dev.leat.dashboard.graph;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.alg.layered.options.EdgeStraighteningStrategy;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/// The Eclipse Layout Kernel's layered algorithm.
@ApplicationScoped
class ElkLayout implements GraphLayout {

    static final int NODE_HEIGHT = 46;
    private static final int MARGIN = 16;
    private static final int SEED = 1;

    ElkLayout() {
        registerAlgorithms();
    }

    @Override
    public Drawing arrange(Shape shape, int nodeWidth, Direction direction) {
        if (shape.size() == 0) {
            return Drawing.EMPTY;
        }
        var root = canvas(direction);
        var nodes = nodes(root, shape.size(), nodeWidth);
        var edges = edges(shape, nodes);
        new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
        return new Drawing(
                (int) Math.ceil(root.getWidth()),
                (int) Math.ceil(root.getHeight()),
                direction,
                boxes(nodes),
                paths(shape, edges));
    }

    /// Without service files: a native binary has none. The service must exist before its first
    /// provider comes, or properties can't be cloned.
    private static void registerAlgorithms() {
        LayoutMetaDataService.getInstance()
                .registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    }

    private static ElkNode canvas(Direction direction) {
        var root = ElkGraphUtil.createGraph();
        root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        root.setProperty(
                CoreOptions.DIRECTION,
                direction == Direction.DOWN
                        ? org.eclipse.elk.core.options.Direction.DOWN
                        : org.eclipse.elk.core.options.Direction.RIGHT);
        root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        root.setProperty(CoreOptions.PADDING, new ElkPadding(MARGIN));
        root.setProperty(CoreOptions.RANDOM_SEED, SEED);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE, 16.0);
        root.setProperty(
                LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS,
                direction == Direction.DOWN ? 30.0 : 44.0);
        root.setProperty(LayeredOptions.SPACING_EDGE_NODE, 12.0);
        root.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 12.0);
        root.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, 8.0);
        root.setProperty(LayeredOptions.MERGE_EDGES, true);
        root.setProperty(
                LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
        root.setProperty(
                LayeredOptions.NODE_PLACEMENT_BK_EDGE_STRAIGHTENING,
                EdgeStraighteningStrategy.IMPROVE_STRAIGHTNESS);
        root.setProperty(
                LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.NODES_AND_EDGES);
        return root;
    }

    private static List<ElkNode> nodes(ElkNode root, int count, int width) {
        var nodes = new ArrayList<ElkNode>(count);
        for (int number = 0; number < count; number++) {
            var node = ElkGraphUtil.createNode(root);
            node.setDimensions(width, NODE_HEIGHT);
            nodes.add(node);
        }
        return nodes;
    }

    private static List<ElkEdge> edges(Shape shape, List<ElkNode> nodes) {
        return shape.edges().stream()
                .map(
                        edge ->
                                ElkGraphUtil.createSimpleEdge(
                                        nodes.get(edge.from()), nodes.get(edge.to())))
                .toList();
    }

    private static List<Box> boxes(List<ElkNode> nodes) {
        return nodes.stream()
                .map(
                        node ->
                                new Box(
                                        (int) Math.round(node.getX()),
                                        (int) Math.round(node.getY()),
                                        (int) Math.round(node.getWidth()),
                                        (int) Math.round(node.getHeight())))
                .toList();
    }

    private static List<Path> paths(Shape shape, List<ElkEdge> edges) {
        var paths = new ArrayList<Path>(edges.size());
        for (int number = 0; number < edges.size(); number++) {
            var edge = shape.edges().get(number);
            for (var section : edges.get(number).getSections()) {
                var bends = new Bends(section.getStartX(), section.getStartY());
                section.getBendPoints().forEach(point -> bends.to(point.getX(), point.getY()));
                bends.to(section.getEndX(), section.getEndY());
                paths.add(new Path(edge.from(), edge.to(), bends.data()));
            }
        }
        return paths;
    }
}
