package dev.leat.workflow.schedule;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whole multiples of a duration, counted from a moment in both directions.
record Multiples(Duration every, Instant anchor) implements Moments {

    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

    /// A difference of fewer seconds than this fits into a long of nanoseconds.
    private static final long FEW_SECONDS = 9_000_000_000L;

    @Override
    public @Nullable Instant after(Instant moment) {
        var from = Moments.bounded(moment);
        var seconds = from.getEpochSecond() - anchor.getEpochSecond();
        if (!from.isBefore(END)) {
            return null;
        }
        var small = Math.abs(seconds) < FEW_SECONDS / 2 && every.getSeconds() < FEW_SECONDS / 2;
        var next = small ? anchor.plusNanos(near(from)) : far(from);
        return next.isAfter(END) ? null : next;
    }

    private long near(Instant moment) {
        var step = every.toNanos();
        return (Math.floorDiv(Duration.between(anchor, moment).toNanos(), step) + 1) * step;
    }

    /// Nanoseconds of thousands of years don't fit into a long.
    private Instant far(Instant moment) {
        var step = nanos(every);
        var parts = nanos(Duration.between(anchor, moment)).divideAndRemainder(step);
        var count = parts[1].signum() < 0 ? parts[0] : parts[0].add(BigInteger.ONE);
        var offset = count.multiply(step).divideAndRemainder(NANOS);
        return anchor.plusSeconds(offset[0].longValueExact()).plusNanos(offset[1].longValueExact());
    }

    private static BigInteger nanos(Duration duration) {
        return BigInteger.valueOf(duration.getSeconds())
                .multiply(NANOS)
                .add(BigInteger.valueOf(duration.getNano()));
    }
}
