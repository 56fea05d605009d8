package dev.leat.workflow.expression;

import org.jspecify.annotations.Nullable;

/// A part of an expression, ready to be evaluated.
@FunctionalInterface
interface Node {
    @Nullable Object evaluate(Frame frame);
}
