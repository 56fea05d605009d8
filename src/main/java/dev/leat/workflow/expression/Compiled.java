package dev.leat.workflow.expression;

import java.util.List;

/// @param template present with problems too, so that everything else can be checked; evaluating
/// it then fails
/// @param problems in the order in which they stand in the source
public record Compiled(Template template, List<ExpressionProblem> problems) {
    public Compiled {
        problems = List.copyOf(problems);
    }
}
