package dev.leat.workflow.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which days are business days. Dates have no time zone here: a trigger's own zone says which date
/// a moment belongs to.
///
/// @param name for people
/// @param weekend the days of the week on which there is no business
/// @param holidays names of the days without business, by date
/// @param yearly names of those that come every year on the same date
public record BusinessCalendar(
        String name,
        Set<DayOfWeek> weekend,
        Map<LocalDate, String> holidays,
        Map<MonthDay, String> yearly) {

    /// The reason of days that are no holidays besides.
    public static final String WEEKEND = "weekend";

    /// Saturdays and Sundays off, and no holidays.
    public static final BusinessCalendar PLAIN =
            new BusinessCalendar(
                    "weekends", Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), Map.of(), Map.of());

    /// No business day is looked for longer than this.
    private static final int FARTHEST = 3_700;

    public BusinessCalendar {
        weekend = Set.copyOf(weekend);
        holidays = Map.copyOf(holidays);
        yearly = Map.copyOf(yearly);
    }

    public boolean isBusinessDay(LocalDate date) {
        return !weekend.contains(date.getDayOfWeek())
                && !holidays.containsKey(date)
                && (yearly.isEmpty() || !yearly.containsKey(MonthDay.from(date)));
    }

    /// Why there is no business on the day, such as `Christmas Day` or `weekend`; empty for a
    /// business day.
    public Optional<String> reason(LocalDate date) {
        var holiday = holidays.get(date);
        if (holiday == null) {
            holiday = yearly.get(MonthDay.from(date));
        }
        if (holiday != null) {
            return Optional.of(holiday.isBlank() ? "holiday" : holiday);
        }
        return weekend.contains(date.getDayOfWeek()) ? Optional.of(WEEKEND) : Optional.empty();
    }

    /// The first business day that isn't before the date.
    Optional<LocalDate> onOrAfter(LocalDate date) {
        var day = date;
        for (int at = 0; at < FARTHEST && day.getYear() <= DayRule.LAST_YEAR; at++) {
            if (isBusinessDay(day)) {
                return Optional.of(day);
            }
            day = day.plusDays(1);
        }
        return Optional.empty();
    }

    /// The last business day that isn't after the date.
    Optional<LocalDate> onOrBefore(LocalDate date) {
        var day = date;
        for (int at = 0; at < FARTHEST; at++) {
            if (isBusinessDay(day)) {
                return Optional.of(day);
            }
            day = day.minusDays(1);
        }
        return Optional.empty();
    }

    /// The first of the days without business that end with the day before this business day; the
    /// day itself where there is none.
    LocalDate runBefore(LocalDate businessDay) {
        return onOrBefore(businessDay.minusDays(1)).map(day -> day.plusDays(1)).orElse(businessDay);
    }

    /// Such as `Saturday 15 August 2026 (weekend)`.
    String described(LocalDate date) {
        return "%s %s (%s)"
                .formatted(
                        date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                        date,
                        reason(date).orElse("business day"));
    }
}
