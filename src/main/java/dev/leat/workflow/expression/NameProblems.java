package dev.leat.workflow.expression;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What [Names] finds wrong, in sentences.
final class NameProblems {

    private static final int MOST_LISTED = 20;

    private final Positions positions;
    private final List<ExpressionProblem> found = new ArrayList<>();

    NameProblems(Positions positions) {
        this.positions = positions;
    }

    /// With offsets into the expression.
    List<ExpressionProblem> found() {
        return found;
    }

    void unknownRoot(CelExpr tree, String name, Collection<String> known) {
        var exists = Declarations.ROOTS.contains(name) && !known.contains(name);
        var message = exists ? "'" + name + "' doesn't exist here." : "No name '" + name + "'.";
        add(
                positions.offset(tree),
                "unknown-root",
                message + listing(known),
                exists ? null : Nearest.hint(name, known));
    }

    void unknownField(CelExpr tree, Shape shape, String field) {
        var subject =
                switch (shape.code()) {
                    case "unknown-input" -> "No input '" + field + "'.";
                    case "unknown-var" -> "No var '" + field + "'.";
                    default -> "No '" + field + "' in " + shape.path() + ".";
                };
        var hint = Nearest.hint(field, shape.names());
        add(positions.offset(tree, field), shape.code(), subject + listing(shape.names()), hint);
    }

    void noFields(CelExpr tree, Shape shape, String field) {
        var kind = Wording.kind(shape.standIn().substring(1).replaceFirst("_.*", ""));
        add(
                positions.offset(tree, field),
                "expression-type",
                "'%s' is a %s, which has no field '%s'.".formatted(shape.path(), kind, field),
                null);
    }

    void unknownTask(CelExpr tree, String id, Collection<String> known) {
        var message = "No task '" + id + "'." + listing(known);
        add(positions.offset(tree, id), "unknown-task", message, Nearest.hint(id, known));
    }

    /// @param here the task whose expression it is
    void notUpstream(CelExpr tree, String id, @Nullable String here) {
        var subject = here == null ? "The expression" : "Task '" + here + "'";
        var offset = positions.offset(tree, id);
        if (id.equals(here)) {
            add(offset, "not-upstream", subject + " uses itself.", null);
        } else {
            var message = subject + " uses '" + id + "' without waiting for it.";
            add(offset, "not-upstream", message, "add '" + id + "' to dependsOn");
        }
    }

    void unknownFunction(CelExpr tree, String name, Collection<String> known) {
        var names = new TreeSet<>(known);
        names.addAll(Macros.NAMES);
        var word = name.substring(name.lastIndexOf('.') + 1);
        add(
                positions.offset(tree, word),
                "unknown-function",
                "No function '" + name + "'.",
                Nearest.hint(name, names));
    }

    void neverEqual(CelExpr constant, String path, String text, Collection<String> known) {
        warn(
                positions.offset(constant),
                "never-equal",
                "'" + path + "' is never '" + text + "'." + listing(known),
                Nearest.hint(text, known));
    }

    void shadowed(CelExpr tree, String name) {
        warn(
                positions.offset(tree, name),
                "shadowed-name",
                "The variable '" + name + "' hides what is called so outside.",
                "give it another name");
    }

    void messageType(CelExpr tree) {
        add(
                positions.offset(tree),
                "expression-syntax",
                "A map is written as {\"key\": value}; there are no message types.",
                null);
    }

    private void add(int offset, String code, String message, @Nullable String hint) {
        found.add(new ExpressionProblem("", offset, code, message, hint, false));
    }

    private void warn(int offset, String code, String message, @Nullable String hint) {
        found.add(new ExpressionProblem("", offset, code, message, hint, true));
    }

    private static String listing(Collection<String> names) {
        return names.isEmpty()
                ? ""
                : " Known: " + String.join(", ", names.stream().limit(MOST_LISTED).toList()) + ".";
    }
}
