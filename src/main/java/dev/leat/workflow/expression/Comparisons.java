package dev.leat.workflow.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import java.util.List;
import java.util.Set;

/// Finds values that can't be equal because they are of different kinds. Numbers of all kinds can
/// be, and anything can be null.
final class Comparisons {

    private static final Set<String> SIMPLE =
            Set.of("text", "number", "true/false", "timestamp", "duration", "list", "map");

    private Comparisons() {}

    static List<ExpressionProblem> impossible(CelAbstractSyntaxTree tree, Positions positions) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .filter(Comparisons::isEquality)
                .filter(expression -> differ(expression, tree))
                .map(expression -> problem(expression, tree, positions))
                .toList();
    }

    private static boolean isEquality(CelExpr expression) {
        return expression.getKind() == Kind.CALL
                && (expression.call().function().equals("_==_")
                        || expression.call().function().equals("_!=_"));
    }

    private static boolean differ(CelExpr equality, CelAbstractSyntaxTree tree) {
        var left = kind(equality.call().args().get(0), tree);
        var right = kind(equality.call().args().get(1), tree);
        return !left.equals(right) && SIMPLE.contains(left) && SIMPLE.contains(right);
    }

    private static ExpressionProblem problem(
            CelExpr equality, CelAbstractSyntaxTree tree, Positions positions) {
        var message =
                "A %s is never equal to a %s."
                        .formatted(
                                kind(equality.call().args().get(0), tree),
                                kind(equality.call().args().get(1), tree));
        return new ExpressionProblem(
                "", positions.offset(equality), "expression-type", message, null, false);
    }

    private static String kind(CelExpr side, CelAbstractSyntaxTree tree) {
        return tree.getType(side.id()).map(CelType::name).map(Wording::kind).orElse("");
    }
}
