package dev.leat.workflow.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What is told to people about a fire that isn't simply at its time.
final class Notes {

    private Notes() {}

    static String skipped(BusinessCalendar calendar, LocalDate date) {
        return "%s is no business day in calendar '%s'"
                .formatted(calendar.described(date), calendar.name());
    }

    static String moved(BusinessCalendar calendar, LocalDate date) {
        return "moved from %s by calendar '%s'"
                .formatted(calendar.described(date), calendar.name());
    }

    static String afterGap(LocalDateTime local, ZoneId zone, boolean skipped) {
        return "%s doesn't exist on %s in %s: %s"
                .formatted(
                        local.toLocalTime(),
                        local.toLocalDate(),
                        zone,
                        skipped ? "skipped" : "at the gap's end");
    }

    static String ofTwo(LocalDateTime local, ZoneId zone, boolean first) {
        return "%s comes twice on %s in %s: this is the %s"
                .formatted(
                        local.toLocalTime(), local.toLocalDate(), zone, first ? "first" : "second");
    }

    static String both(@Nullable String one, @Nullable String other) {
        return one == null ? String.valueOf(other) : one + "; " + other;
    }
}
