package dev.leat.workflow.expression;

import dev.cel.common.ast.CelExpr.CelComprehension;
import org.jspecify.annotations.Nullable;

/// A name that a macro such as `map` gives to what it goes through.
///
/// @param shape null where nothing is known of it
/// @param outer the one declared before it
record Variable(String name, @Nullable Shape shape, @Nullable Variable outer) {

    static @Nullable Variable find(@Nullable Variable from, String name) {
        var at = from;
        while (at != null && !at.name.equals(name)) {
            at = at.outer;
        }
        return at;
    }

    /// What is known of an element.
    ///
    /// @param range what the macro goes through
    static @Nullable Shape element(CelComprehension loop, @Nullable Shape range) {
        return range == null || !range.standIn().startsWith("@list") || !loop.iterVar2().isEmpty()
                ? null
                : range.elements();
    }
}
