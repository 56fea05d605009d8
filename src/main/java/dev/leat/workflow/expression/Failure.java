package dev.leat.workflow.expression;

/// Why an expression failed, on its way to becoming an [ExpressionException] that also says where.
final class Failure extends RuntimeException {

    private Failure(String message) {
        super(message, null, false, false);
    }

    /// @param reason begins in lower case and has no full stop: it follows the expression it is
    /// about
    static Failure because(String reason) {
        return new Failure(reason);
    }

    /// The sentence of a failure.
    String reason() {
        return String.valueOf(getMessage());
    }
}
