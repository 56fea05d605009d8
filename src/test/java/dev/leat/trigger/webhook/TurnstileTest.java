package dev.leat.trigger.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.task.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    @Test
    void one_too_many_is_told_to_come_later_and_nobody_loses_a_place() throws Exception {
        var turnstile = new Turnstile(2, Duration.ZERO);
        var inside = new CompletableFuture<Void>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var arrived = new CompletableFuture<Void>();
            var first =
                    threads.submit(
                            () ->
                                    turnstile.pass(
                                            () -> {
                                                arrived.complete(null);
                                                inside.join();
                                                return 1;
                                            }));
            arrived.join();
            assertThat(turnstile.<Integer>pass(() -> 2)).isEqualTo(2);
            assertThatThrownBy(() -> turnstile.pass(() -> turnstile.pass(() -> "one too many")))
                    .isInstanceOf(Refusal.Unavailable.class);
            inside.complete(null);
            assertThat(first.get()).isEqualTo(1);
        }
        assertThat(turnstile.<Integer>pass(() -> turnstile.pass(() -> 3))).isEqualTo(3);
    }

    @Test
    void a_place_is_given_back_after_a_failure() throws Exception {
        var turnstile = new Turnstile(1, Duration.ZERO);
        for (int number = 0; number < 3; number++) {
            assertThatThrownBy(
                            () ->
                                    turnstile.pass(
                                            () -> {
                                                throw new IOException("gone");
                                            }))
                    .isInstanceOf(IOException.class);
        }
        assertThat(turnstile.<Integer>pass(() -> 1)).isEqualTo(1);
    }
}
