package dev.leat.workflow.schedule;

import java.time.LocalDate;
import java.util.Optional;

/// Days, those without business moved to the next business day or to the one before. Several that
/// end up on one day are one.
///
/// @param forward to the next one
record MovedDays(DayRule days, BusinessCalendar calendar, boolean forward) implements DayRule {

    @Override
    public Optional<LocalDate> next(LocalDate from) {
        var business = calendar.onOrAfter(from);
        if (business.isEmpty()) {
            return Optional.empty();
        }
        return forward
                ? days.next(calendar.runBefore(business.get())).flatMap(calendar::onOrAfter)
                : days.next(business.get()).flatMap(calendar::onOrBefore);
    }

    /// The day that was moved to this one; empty where this one is named itself.
    Optional<LocalDate> origin(LocalDate moved) {
        var first =
                days.next(forward ? calendar.runBefore(moved) : moved)
                        .filter(day -> !day.equals(moved));
        return forward
                ? first.filter(_ -> days.next(moved).filter(moved::equals).isEmpty())
                : first;
    }
}
