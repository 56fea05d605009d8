package dev.leat.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Makes ids that sort by the time they were made, without asking the database: 42 bits of
/// milliseconds since 2020, 12 bits of
/// this process, 10 bits of counter that runs over into the milliseconds. People see them as 13
/// letters and digits.
@ApplicationScoped
public class Ids {

    private static final long EPOCH_MILLIS = 1_577_836_800_000L;
    private static final int NODE_BITS = 12;
    private static final int COUNTER_BITS = 10;
    private static final Instant FIRST = Instant.ofEpochMilli(EPOCH_MILLIS);
    static final LocalDate FIRST_DAY = LocalDate.ofInstant(FIRST, ZoneOffset.UTC);
    private static final Instant LAST = FIRST.plusMillis(1L << 41);
    private static final int TEXT_LENGTH = 13;
    private static final int SHORTEST_BEGINNING = 4;
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private final InstantSource clock;
    private final long node;
    private final AtomicLong tick = new AtomicLong();

    Ids(InstantSource clock) {
        this.clock = clock;
        this.node = new SecureRandom().nextInt(1 << NODE_BITS);
    }

    /// Larger than every id this process has made before, also when the clock goes back.
    public long next() {
        var now = (clock.millis() - EPOCH_MILLIS) << COUNTER_BITS;
        var ours = tick.updateAndGet(last -> Math.max(last + 1, now));
        var millis = ours >>> COUNTER_BITS;
        var counter = ours & ((1 << COUNTER_BITS) - 1);
        return millis << (NODE_BITS + COUNTER_BITS) | node << COUNTER_BITS | counter;
    }

    /// Not larger than any id made at that moment or later.
    public static long firstAt(Instant at) {
        if (at.isBefore(FIRST)) {
            return 0;
        }
        return at.isBefore(LAST)
                ? (at.toEpochMilli() - EPOCH_MILLIS) << (NODE_BITS + COUNTER_BITS)
                : Long.MAX_VALUE;
    }

    /// When that id was made.
    public static Instant at(long id) {
        return FIRST.plusMillis(id >>> (NODE_BITS + COUNTER_BITS));
    }

    /// How far apart two ids are that were made so many milliseconds apart.
    static long millis(long millis) {
        return millis << (NODE_BITS + COUNTER_BITS);
    }

    /// 13 characters of Crockford's base 32, lower case.
    public static String text(long id) {
        var text = new char[TEXT_LENGTH];
        for (int at = TEXT_LENGTH - 1; at >= 0; at--) {
            text[at] = ALPHABET.charAt((int) (id & 31));
            id >>>= 5;
        }
        return new String(text);
    }

    /// The smallest and the largest id whose text begins so; nothing for any other text, or one
    /// that is no beginning but too short to tell much.
    public static Optional<Range> beginning(String text) {
        if (text.length() < SHORTEST_BEGINNING || text.length() > TEXT_LENGTH) {
            return Optional.empty();
        }
        var left = TEXT_LENGTH - text.length();
        var first = parse(text + "0".repeat(left));
        return first < 0
                ? Optional.empty()
                : Optional.of(new Range(first, parse(text + "z".repeat(left))));
    }

    /// @param last included
    public record Range(long first, long last) {}

    /// The id that [#text] wrote, or -1 for any other text.
    public static long parse(String text) {
        if (text.length() != TEXT_LENGTH) {
            return -1;
        }
        long id = 0;
        for (int at = 0; at < TEXT_LENGTH; at++) {
            int digit = ALPHABET.indexOf(Character.toLowerCase(text.charAt(at)));
            if (digit < 0 || (at == 0 && digit > 7)) {
                return -1;
            }
            id = id << 5 | digit;
        }
        return id;
    }
}
