package dev.leat.cli;

import org.jspecify.annotations.Nullable;

/// Ends the process, with a sentence where Quarkus could not start.
final class Startup {

    private Startup() {}

    static void ended(int code, @Nullable Throwable failure) {
        if (failure != null) {
            System.err.println("leat: " + sentence(failure));
            System.exit(Exit.REFUSED);
        }
        System.exit(code);
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
