package dev.leat.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Waiting for the journal.
final class Writes {

    private Writes() {}

    static void await(CompletableFuture<Void> write) {
        await(write, () -> {});
    }

    /// Returns once it is on disk; otherwise throws what refused it, as it was thrown.
    static void await(CompletableFuture<Void> write, Runnable whenRefused) {
        try {
            write.join();
        } catch (CompletionException failure) {
            whenRefused.run();
            throw failure.getCause() instanceof RuntimeException known ? known : failure;
        }
    }
}
