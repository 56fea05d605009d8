package dev.leat.workflow.schedule;

import java.time.LocalDate;
import java.util.Optional;

/// Days on which something is due.
@FunctionalInterface
interface DayRule {

    int LAST_YEAR = 9999;

    /// The first such day that isn't before this one.
    Optional<LocalDate> next(LocalDate from);
}
