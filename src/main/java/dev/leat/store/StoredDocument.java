package dev.leat.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A calendar or a blackout as it is kept.
///
/// @param source the text as it was given
/// @param format `JSON`, `YAML` or `ICS`
/// @param origin `api`, `cli`, `dashboard`, or `file:<path>`
/// @param author who, as far as that is known
public record StoredDocument(
        Kind kind,
        String id,
        String source,
        String format,
        String origin,
        @Nullable String author,
        Instant savedAt) {

    public enum Kind {
        CALENDAR,
        BLACKOUT
    }
}
