package dev.leat.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// The machine's clock, set by a test to another time, from where it goes on.
public final class MovableClock implements InstantSource {

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(ahead.get());
    }

    public void set(Instant now) {
        ahead.set(Duration.between(Clock.systemUTC().instant(), now));
    }

    public void move(Duration by) {
        ahead.updateAndGet(before -> before.plus(by));
    }

    /// Part of a program only where a profile asks for it.
    @Singleton
    @Alternative
    public static final class Source {

        @Produces
        @Singleton
        @Alternative
        MovableClock clock() {
            return new MovableClock();
        }
    }

    /// A program whose clock a test can move.
    public static class Profile implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(Source.class);
        }
    }
}
