package dev.leat.task;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Moments as people write them: `2026-12-24T18:00:00+01:00`, or `2026-12-24` for the start of that
/// day in UTC.
public final class Instants {

    private static final int LONGEST_SHOWN = 40;

    private Instants() {}

    /// @throws IllegalArgumentException with a sentence that says what is wrong and what would be
    ///     right
    public static Instant parse(String text) {
        var trimmed = text.strip();
        try {
            return trimmed.length() == "2026-12-24".length()
                    ? LocalDate.parse(trimmed).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(trimmed).toInstant();
        } catch (DateTimeException _) {
            var shown =
                    trimmed.length() > LONGEST_SHOWN
                            ? trimmed.substring(0, LONGEST_SHOWN) + "…"
                            : trimmed;
            throw new IllegalArgumentException(
                    "'%s' is no moment; write one with its offset, such as 2026-12-24T18:00:00Z or 2026-12-24T18:00:00+01:00, or a date such as 2026-12-24 for the start of that day in UTC."
                            .formatted(shown));
        }
    }
}
