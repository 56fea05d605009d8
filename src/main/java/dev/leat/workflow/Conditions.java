package dev.leat.workflow;

import dev.leat.workflow.expression.ExpressionException;
import dev.leat.workflow.expression.Template;
import org.jspecify.annotations.Nullable;

/// Conditions that are decided before anything runs.
final class Conditions {

    private Conditions() {}

    /// What a condition always is; null where that depends on the run.
    static @Nullable Boolean always(@Nullable Template when) {
        if (when == null) {
            return null;
        }
        if (when.source() instanceof Boolean answer) {
            return answer;
        }
        // The clock is no root.
        if (!when.roots().isEmpty() || String.valueOf(when.source()).contains("now")) {
            return null;
        }
        try {
            return when.evaluate(_ -> null) instanceof Boolean answer ? answer : null;
        } catch (ExpressionException _) {
            return null;
        }
    }

    static void check(Place place, Template when, Report report) {
        var always = always(when);
        if (Boolean.FALSE.equals(always)) {
            report.warning(
                    place,
                    ProblemCode.NEVER_RUNS,
                    "'when' is always false, so the task never runs.",
                    "'disabled' says so more plainly, and lets its dependents run");
        } else if (always != null) {
            report.warning(
                    place,
                    ProblemCode.ALWAYS_RUNS,
                    "'when' is always true, so it decides nothing.",
                    "leave it out, or name an input or an output in it");
        }
    }
}
