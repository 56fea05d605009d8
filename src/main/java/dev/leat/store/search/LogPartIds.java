package dev.leat.store.search;

import java.time.Instant;

/// Ids of parts grow with the time of their first line: 42 bits of milliseconds since 2020, and 21
/// that tell parts of one millisecond apart.
public final class LogPartIds {

    private static final long EPOCH_MILLIS = 1_577_836_800_000L;
    private static final int LOW_BITS = 21;

    private LogPartIds() {}

    static long of(long micros, int any) {
        return firstAt(micros / 1_000) | any & ((1 << LOW_BITS) - 1);
    }

    /// Not larger than that of any part that begins then or later.
    public static long firstAt(Instant at) {
        return firstAt(at.toEpochMilli());
    }

    private static long firstAt(long millis) {
        return Math.max(0, Math.min(millis - EPOCH_MILLIS, (1L << 42) - 1)) << LOW_BITS;
    }

    /// When the part began, to the millisecond.
    public static Instant at(long id) {
        return Instant.ofEpochMilli((id >>> LOW_BITS) + EPOCH_MILLIS);
    }
}
