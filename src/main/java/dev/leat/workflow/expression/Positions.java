package dev.leat.workflow.expression;

import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelExpr;

/// Where things stand in an expression's text. CEL counts code points; we count Java's characters.
final class Positions {

    private final String text;
    private final CelSource source;

    Positions(String text, CelSource source) {
        this.text = text;
        this.source = source;
    }

    int offset(CelExpr tree) {
        return characters(source.getPositionsMap().getOrDefault(tree.id(), 0));
    }

    /// Where a name stands that belongs to a part of the expression: CEL only knows where the part
    /// begins.
    int offset(CelExpr tree, String name) {
        var from = offset(tree);
        var found = text.indexOf(name, from);
        return found >= 0 ? found : Math.max(0, text.lastIndexOf(name, from));
    }

    int offset(CelSourceLocation location) {
        var known = location.getLine() > 0 && location.getColumn() >= 0;
        return known ? characters(source.getLocationOffset(location).orElse(0)) : 0;
    }

    private int characters(int codePoints) {
        return text.offsetByCodePoints(
                0, Math.clamp(codePoints, 0, text.codePointCount(0, text.length())));
    }
}
