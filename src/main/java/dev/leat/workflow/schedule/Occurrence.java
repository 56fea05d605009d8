package dev.leat.workflow.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One moment of a schedule.
///
/// @param nominal tells it apart from the schedule's others
/// @param due when it is to happen: the nominal time, and its share of the jitter
/// @param note a sentence for people about what is special in it; null for nothing
/// @param skipped it doesn't happen, for the reason in the note
public record Occurrence(
        Instant nominal, Instant due, Mark mark, @Nullable String note, boolean skipped) {

    /// How its time came about.
    public enum Mark {
        EXACT,
        /// Its local time is left out by a clock change; it is at the end of the gap.
        AFTER_GAP,
        /// Its local time comes twice.
        FIRST_OF_TWO,
        SECOND_OF_TWO,
        /// A calendar moved it to another day.
        MOVED
    }
}
