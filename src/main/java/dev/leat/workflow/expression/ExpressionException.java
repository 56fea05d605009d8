package dev.leat.workflow.expression;

/// An expression that failed while it was evaluated. Its message is a sentence for the workflow's
/// author.
public final class ExpressionException extends RuntimeException {

    private final String code;

    /// @param code `expression`, or `expression-limit` where a bound stopped it
    public ExpressionException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
