package dev.leat.workflow.expression;

import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// Compiles the expressions of definitions.
@ApplicationScoped
public class Expressions {

    /// Compiles every string within a JSON value.
    public Compiled compile(@Nullable Object source, Declarations declarations) {
        throw new UnsupportedOperationException("not yet");
    }

    /// The same for what has to be true or false, such as `when`: anything that can't be is a
    // problem.
    public Compiled compileCondition(@Nullable Object source, Declarations declarations) {
        throw new UnsupportedOperationException("not yet");
    }
}
