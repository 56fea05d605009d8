package dev.leat.engine.firing;

import dev.leat.engine.firing.Calendars.Entry;
import dev.leat.task.Refusal;
import dev.leat.workflow.CalendarDocument;
import dev.leat.workflow.schedule.BusinessCalendar;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A calendar as people read it.
///
/// @param weekend such as `SAT`, in the order of the week
/// @param holidays how many dates it names, those of every year once
/// @param origin `api`, `cli`, `dashboard` or `file`
/// @param file that owns it; null for none
/// @param problem why it can't be used any more; null where it can
@RegisterForReflection
public record CalendarReport(
        String id,
        String name,
        String description,
        List<String> weekend,
        int holidays,
        String format,
        String origin,
        @Nullable String file,
        @Nullable String savedBy,
        Instant savedAt,
        @Nullable String problem) {

    private static final int ABBREVIATED = 3;
    private static final int LAST_YEAR = 9999;

    public static CalendarReport of(Entry<CalendarDocument> entry) {
        var document = entry.read().document();
        var calendar = document.map(CalendarDocument::calendar).orElse(BusinessCalendar.PLAIN);
        var stored = entry.stored();
        return new CalendarReport(
                stored.id(),
                document.map(CalendarDocument::name).orElse(stored.id()),
                document.map(CalendarDocument::description).orElse(""),
                calendar.weekend().stream().sorted().map(CalendarReport::word).toList(),
                calendar.holidays().size() + calendar.yearly().size(),
                stored.format(),
                Owner.origin(stored),
                Owner.file(stored),
                stored.author(),
                stored.savedAt(),
                Owner.problem(entry.read()));
    }

    private static String word(DayOfWeek day) {
        return day.name().substring(0, ABBREVIATED);
    }

    /// A day without business.
    @RegisterForReflection
    public record Day(LocalDate date, String weekday, String reason) {}

    /// @param businessDays how many there are
    @RegisterForReflection
    public record Month(int month, int businessDays, LocalDate first, LocalDate last) {}

    /// A year of a calendar.
    ///
    /// @param daysOff the days without business that are no mere weekends
    @RegisterForReflection
    public record Year(
            String id, int year, int businessDays, List<Month> months, List<Day> daysOff) {}

    /// @throws Refusal.Invalid for a year that isn't from 1 to 9999
    public static Year year(String id, BusinessCalendar calendar, int year) {
        if (year < 1 || year > LAST_YEAR) {
            throw new Refusal.Invalid("A year is from 1 to %d.".formatted(LAST_YEAR), List.of());
        }
        var months = new ArrayList<Month>();
        var daysOff = new ArrayList<Day>();
        for (int month = 1; month <= 12; month++) {
            var of = YearMonth.of(year, month);
            var business = new ArrayList<LocalDate>();
            for (int number = 1; number <= of.lengthOfMonth(); number++) {
                var date = of.atDay(number);
                var reason = calendar.reason(date);
                if (reason.isEmpty()) {
                    business.add(date);
                } else if (!reason.get().equals(BusinessCalendar.WEEKEND)) {
                    daysOff.add(new Day(date, word(date.getDayOfWeek()), reason.get()));
                }
            }
            months.add(
                    new Month(
                            month,
                            business.size(),
                            business.isEmpty() ? of.atDay(1) : business.getFirst(),
                            business.isEmpty() ? of.atEndOfMonth() : business.getLast()));
        }
        var total = months.stream().mapToInt(Month::businessDays).sum();
        return new Year(id, year, total, months, daysOff);
    }
}
