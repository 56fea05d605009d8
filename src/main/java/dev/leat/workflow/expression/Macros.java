package dev.leat.workflow.expression;

import com.google.common.collect.ImmutableList;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Names that look like functions and take an expression to carry out for each element.
final class Macros {

    static final String GROUP = "@groupByAssociatedKeys";

    /// Those of CEL too, for "did you mean".
    static final Set<String> NAMES =
            Set.of(
                    "has",
                    "all",
                    "exists",
                    "exists_one",
                    "existsOne",
                    "map",
                    "filter",
                    "sortBy",
                    "groupBy",
                    "optMap",
                    "optFlatMap",
                    "transformList",
                    "transformMap",
                    "transformMapEntry",
                    "math.greatest",
                    "math.least");

    /// The macros of our own.
    static final List<CelMacro> ALL =
            List.of(CelMacro.newReceiverMacro("groupBy", 2, Macros::groupBy));

    private Macros() {}

    /// `orders.groupBy(order, order.country)`
    private static Optional<CelExpr> groupBy(
            CelMacroExprFactory factory, CelExpr list, ImmutableList<CelExpr> arguments) {
        var variable = arguments.get(0);
        if (variable.getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return Optional.of(
                    factory.reportError("The first argument of groupBy must be a simple name"));
        }
        var result = factory.getAccumulatorVarName();
        var pair = factory.newList(arguments.get(1), variable);
        var pairs =
                factory.fold(
                        variable.ident().name(),
                        list,
                        result,
                        factory.newList(),
                        factory.newBoolLiteral(true),
                        factory.newGlobalCall(
                                "_+_", factory.newIdentifier(result), factory.newList(pair)),
                        factory.newIdentifier(result));
        return Optional.of(factory.newGlobalCall(GROUP, pairs));
    }
}
