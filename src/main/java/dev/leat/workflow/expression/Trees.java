package dev.leat.workflow.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Questions about a parsed expression.
final class Trees {

    private static final Set<String> NAMESPACES =
            Set.of(
                    "math",
                    "json",
                    "lists",
                    "sets",
                    "strings",
                    "base64",
                    "regex",
                    "optional",
                    "cel");
    private static final String TIME_TYPES = "google.protobuf.";

    private Trees() {}

    /// The first half of a function's name such as `math.abs`, or null.
    static @Nullable String namespace(CelExpr target) {
        var isName = target.getKind() == Kind.IDENT && NAMESPACES.contains(target.ident().name());
        return isName ? target.ident().name() : null;
    }

    /// `google.protobuf.Timestamp` of a chain of names; empty where it is no such chain.
    static String qualified(CelExpr tree) {
        if (tree.getKind() == Kind.IDENT) {
            return tree.ident().name();
        }
        if (tree.getKind() != Kind.SELECT) {
            return "";
        }
        var before = qualified(tree.select().operand());
        return before.isEmpty() ? "" : before + "." + tree.select().field();
    }

    /// Types that CEL names after protocol buffers' messages.
    static boolean isTimeType(CelExpr tree) {
        return qualified(tree).startsWith(TIME_TYPES);
    }
}
