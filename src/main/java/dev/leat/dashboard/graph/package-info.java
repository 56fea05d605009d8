/// Draws graphs: nodes and edges come in, places and paths go out; whoever asks paints them.
///
/// Start with [dev.leat.dashboard.graph.Drawings]: it folds what is too large to read, chooses the
/// direction, and has [dev.leat.dashboard.graph.GraphLayout] find the places.
@NullMarked
package dev.leat.dashboard.graph;

import org.jspecify.annotations.NullMarked;
