package dev.leat.store;

import org.jspecify.annotations.Nullable;

/// What the journal has done since it started, and how it is.
///
/// @param transitions committed
/// @param commits each of which is one fsync of the database
/// @param refused writes that were not kept because of what was in them
/// @param queued changes that wait
/// @param trouble why nothing can be written at the moment, in a sentence; null when all is well
public record JournalStatistics(
        long transitions, long commits, long refused, long queued, @Nullable String trouble) {

    /// So much waits only where the database has stopped keeping up.
    private static final long TOO_MANY = 100_000;

    /// Whether the database keeps up with what is to be written.
    public boolean keepsUp() {
        return queued < TOO_MANY;
    }
}
