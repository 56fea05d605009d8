package dev.leat.workflow.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds texts that are compared with a value that can never be one of them, such as a state that
/// no task has.
final class Constants {

    private Constants() {}

    /// @param shapes of the arguments; null where nothing is known of one
    static void check(CelExpr tree, List<@Nullable Shape> shapes, NameProblems problems) {
        var call = tree.call();
        if (call.args().size() != 2) {
            return;
        }
        var left = call.args().get(0);
        var right = call.args().get(1);
        switch (call.function()) {
            case "_==_", "_!=_" -> {
                check(shapes.get(0), right, problems);
                check(shapes.get(1), left, problems);
            }
            case "@in" -> {
                if (right.getKind() == Kind.LIST) {
                    right.list()
                            .elements()
                            .forEach(element -> check(shapes.get(0), element, problems));
                }
            }
            default -> {}
        }
    }

    private static void check(@Nullable Shape shape, CelExpr constant, NameProblems problems) {
        var isText =
                constant.getKind() == Kind.CONSTANT
                        && constant.constant().getKind() == CelConstant.Kind.STRING_VALUE;
        if (shape != null && isText && shape.words() instanceof List<String> words) {
            var text = constant.constant().stringValue();
            if (!words.contains(text)) {
                problems.neverEqual(constant, shape.path(), text, words);
            }
        }
    }

    /// The texts among a schema's values, or null where it can be any.
    static @Nullable List<String> words(@Nullable Object values) {
        if (!(values instanceof List<?> list)) {
            return null;
        }
        var words = new ArrayList<String>();
        list.forEach(
                value -> {
                    if (value instanceof String word) {
                        words.add(word);
                    }
                });
        return words;
    }
}
