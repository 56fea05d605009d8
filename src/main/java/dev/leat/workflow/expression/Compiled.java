package dev.leat.workflow.expression;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// @param template present with problems too, so that everything else can be checked; evaluating
/// it then fails
/// @param uses which inputs, vars and the like it names: `inputs.day`, or `inputs` where it takes
/// all at once; null where an expression can't be read
/// @param problems in the order in which they stand in the source
public record Compiled(
        Template template, @Nullable Set<String> uses, List<ExpressionProblem> problems) {
    public Compiled {
        uses = uses == null ? null : Set.copyOf(uses);
        problems = List.copyOf(problems);
    }
}
