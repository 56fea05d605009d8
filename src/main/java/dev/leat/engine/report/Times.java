package dev.leat.engine.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The store's microseconds as times.
final class Times {

    private Times() {}

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static @Nullable Instant instant(@Nullable Long micros) {
        return micros == null ? null : instant(micros.longValue());
    }

    static @Nullable Long millisBetween(@Nullable Long from, @Nullable Long to, Instant now) {
        if (from == null) {
            return null;
        }
        var end = to == null ? ChronoUnit.MICROS.between(Instant.EPOCH, now) : to;
        return Math.max(0, end - from) / 1_000;
    }
}
