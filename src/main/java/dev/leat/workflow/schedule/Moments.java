package dev.leat.workflow.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Moments that no calendar or clock change has a say in.
@FunctionalInterface
interface Moments {

    /// After the end of this year nothing is due.
    Instant END = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /// Before this moment nothing is due.
    Instant START = Instant.parse("0001-01-02T00:00:00Z");

    static Instant bounded(Instant moment) {
        return moment.isBefore(START) ? START : moment;
    }

    /// The first that is later; null where none is.
    @Nullable Instant after(Instant moment);
}
