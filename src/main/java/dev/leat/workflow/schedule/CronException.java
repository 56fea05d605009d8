package dev.leat.workflow.schedule;

import org.jspecify.annotations.Nullable;

/// A cron expression can't be read; the message says what is wrong with it.
public final class CronException extends Exception {

    private static final long serialVersionUID = 1;

    private final int offset;
    private final @Nullable String hint;

    CronException(int offset, String message, @Nullable String hint) {
        super(message);
        this.offset = offset;
        this.hint = hint;
    }

    /// What is wrong with it.
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /// Where in the expression.
    public int offset() {
        return offset;
    }

    public @Nullable String hint() {
        return hint;
    }
}
