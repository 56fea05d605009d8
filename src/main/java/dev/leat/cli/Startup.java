package dev.leat.cli;

import org.jspecify.annotations.Nullable;

/// Ends the process, with a sentence where Quarkus could not start.
final class Startup {

    private static final String MASKED = "It could not start; the line above says why.";

    private Startup() {}

    static void ended(int code, @Nullable Throwable failure) {
        if (failure != null) {
            System.err.println("leat: " + (isMasked(failure) ? MASKED : sentence(failure)));
            System.exit(Exit.REFUSED);
        }
        System.exit(code);
    }

    /// Where a start is given up early, Quarkus stops parts that were never there, and what that
    /// throws hides what was wrong. It has been logged by then.
    private static boolean isMasked(Throwable failure) {
        return failure instanceof IllegalStateException
                && String.valueOf(failure.getMessage()).contains("No CDI container");
    }

    /// The innermost message: the outer ones tell of frameworks.
    private static String sentence(Throwable failure) {
        var message = failure.getMessage();
        for (var at = failure.getCause(); at != null; at = at.getCause()) {
            if (at.getMessage() != null && !at.getMessage().isBlank()) {
                message = at.getMessage();
            }
        }
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
