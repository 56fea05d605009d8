package dev.leat.workflow.schedule;

import java.time.Duration;
import java.time.Instant;

/// Makes each moment of a schedule late by its own share of a duration: always the same for the
/// same moment, and spread evenly over moments and schedules.
///
/// @param most the lateness stays under this; in whole milliseconds
record Jitter(long seed, long most) {

    /// Odd numbers that spread the bits, those of SplitMix64.
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private static final long FIRST = 0xBF58476D1CE4E5B9L;
    private static final long SECOND = 0x94D049BB133111EBL;

    /// @param seed a text that tells the schedule apart from others
    static Jitter of(String seed, Duration most) {
        var hash = 0L;
        for (int at = 0; at < seed.length(); at++) {
            hash = mixed(hash + seed.charAt(at));
        }
        return new Jitter(hash, most.toMillis());
    }

    Instant due(Instant nominal) {
        if (most <= 1) {
            return nominal;
        }
        var hash = mixed(mixed(seed + nominal.getEpochSecond()) + nominal.getNano());
        return nominal.plusMillis(Long.remainderUnsigned(hash, most));
    }

    private static long mixed(long value) {
        var bits = value + GAMMA;
        bits = (bits ^ (bits >>> 30)) * FIRST;
        bits = (bits ^ (bits >>> 27)) * SECOND;
        return bits ^ (bits >>> 31);
    }
}
