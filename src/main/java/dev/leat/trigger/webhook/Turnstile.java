package dev.leat.trigger.webhook;

import dev.leat.task.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets in so many at once, and the others one after the other as long as they have patience.
final class Turnstile {

    private static final Duration LATER = Duration.ofSeconds(1);

    private final Semaphore places;
    private final Duration patience;

    Turnstile(int places, Duration patience) {
        this.places = new Semaphore(places, true);
        this.patience = patience;
    }

    /// What is done inside.
    @FunctionalInterface
    interface Work<T> {
        T perform() throws IOException, InterruptedException;
    }

    /// @throws Refusal.Unavailable where nobody came out in time
    <T> T pass(Work<T> work) throws IOException, InterruptedException {
        if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new Refusal.Unavailable(
                    "There are more deliveries than this server deals with at once.", LATER);
        }
        try {
            return work.perform();
        } finally {
            places.release();
        }
    }
}
