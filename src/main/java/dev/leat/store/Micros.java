package dev.leat.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Times as the tables hold them: microseconds since 1970 in UTC.
public final class Micros {

    private static final long PER_SECOND = 1_000_000;
    private static final long NANOS = 1_000;

    private Micros() {}

    public static long of(Instant at) {
        return at.getEpochSecond() * PER_SECOND + at.getNano() / NANOS;
    }

    /// The first microsecond that isn't before the moment, so that what is read again isn't before
    /// it either.
    static long notBefore(Instant at) {
        return of(at.plusNanos(NANOS - 1));
    }

    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static @Nullable Long ofNullable(@Nullable Instant at) {
        return at == null ? null : of(at);
    }
}
