package dev.leat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a wall clock that jumps does to that which waits.
class TimersTest {

    private static final Instant BEGINNING = Instant.parse("2026-03-29T00:30:00Z");

    private final AtomicReference<Instant> wall = new AtomicReference<>(BEGINNING);
    private final Timers timers = new Timers(wall::get, Duration.ofMillis(5));

    @AfterEach
    void stop() {
        timers.stop();
    }

    @Test
    void a_jump_forward_brings_the_moments_that_it_passed_and_ends_no_timeout() {
        var moment = new CompletableFuture<Void>();
        var timeout = new CompletableFuture<Void>();
        timers.after(Duration.ofMinutes(30), () -> timeout.complete(null));
        timers.at(BEGINNING.plus(Duration.ofHours(1)), () -> moment.complete(null));

        wall.set(BEGINNING.plus(Duration.ofHours(2)));

        moment.join();
        assertThat(timeout).isNotDone();
    }

    @Test
    void a_jump_backward_keeps_the_moments_that_it_took_back_and_puts_off_no_timeout() {
        var moment = new CompletableFuture<Void>();
        var timeout = new CompletableFuture<Void>();
        timers.at(BEGINNING.plus(Duration.ofMinutes(30)), () -> moment.complete(null));
        timers.after(Duration.ofMillis(100), () -> timeout.complete(null));

        wall.set(BEGINNING.minus(Duration.ofHours(1)));

        timeout.join();
        assertThat(moment).isNotDone();
    }

    @Test
    void what_is_called_off_doesnt_come() {
        var first = new CompletableFuture<Void>();
        var last = new CompletableFuture<Void>();
        var alarm = timers.after(Duration.ofMillis(50), () -> first.complete(null));
        alarm.cancel();
        timers.after(Duration.ofMillis(60), () -> last.complete(null));

        last.join();
        assertThat(first).isNotDone();
    }
}
