package dev.leat.workflow.expression;

import org.jspecify.annotations.Nullable;

/// One thing wrong with an expression, found before anything runs.
///
/// @param pointer JSON Pointer of the string within the compiled source; empty for the source
/// itself
/// @param offset characters into that string
/// @param code stable and documented, such as `unknown-input`
/// @param message one sentence
/// @param hint what to do, such as `did you mean 'day'?`; may be null
/// @param warning whether the expression can be used all the same
public record ExpressionProblem(
        String pointer,
        int offset,
        String code,
        String message,
        @Nullable String hint,
        boolean warning) {}
