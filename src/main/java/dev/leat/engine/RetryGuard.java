package dev.leat.engine;

import io.smallrye.faulttolerance.api.TypedGuard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Waits between the attempts of a task and starts the next, without a thread. Whether there is a
/// next one, and when, is decided and on disk before the wait begins ([Retries], [RunMachine]); an
/// attempt says so by failing with [TryAgain].
@ApplicationScoped
class RetryGuard {

    private final TypedGuard<CompletionStage<Void>> guard =
            TypedGuard.create(new TypeLiteral<CompletionStage<Void>>() {})
                    .withDescription("attempts of a task")
                    .withRetry()
                    .maxRetries(-1)
                    .maxDuration(0, ChronoUnit.MILLIS)
                    .jitter(0, ChronoUnit.MILLIS)
                    .delay(0, ChronoUnit.MILLIS)
                    .whenException(TryAgain.class::isInstance)
                    .withCustomBackoff()
                    .strategy(
                            () ->
                                    failure ->
                                            failure instanceof TryAgain again
                                                    ? again.delay.toMillis()
                                                    : 0)
                    .done()
                    .done()
                    .build();

    /// @param attempt makes one attempt; its answer fails with [TryAgain] where another is to
    /// follow
    CompletionStage<Void> carry(Supplier<CompletionStage<Void>> attempt) {
        return guard.get(attempt);
    }

    static final class TryAgain extends RuntimeException {
        private final Duration delay;

        TryAgain(Duration delay) {
            super("try again in " + delay, null, false, false);
            this.delay = delay;
        }
    }
}
