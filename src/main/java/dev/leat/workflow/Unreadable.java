package dev.leat.workflow;

import org.jspecify.annotations.Nullable;

/// Ends the reading of a text that can't be read any further. Never leaves this package.
final class Unreadable extends RuntimeException {

    private final int offset;
    private final ProblemCode code;
    private final @Nullable String hint;

    Unreadable(int offset, ProblemCode code, String message, @Nullable String hint) {
        super(message, null, false, false);
        this.offset = offset;
        this.code = code;
        this.hint = hint;
    }

    int offset() {
        return offset;
    }

    ProblemCode code() {
        return code;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    @Nullable String hint() {
        return hint;
    }
}
