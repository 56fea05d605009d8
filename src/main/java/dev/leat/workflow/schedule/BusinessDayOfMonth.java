package dev.leat.workflow.schedule;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.BitSet;
import java.util.Optional;

/// One business day of each month, such as the last.
///
/// @param months those in which it counts
/// @param ordinal from 1, or from −1 backwards; months that have fewer have no such day
record BusinessDayOfMonth(BitSet months, int ordinal, BusinessCalendar calendar)
        implements DayRule {

    /// So many months without such a day are followed by none with one.
    private static final int MOST_MONTHS = 1_200;

    @Override
    public Optional<LocalDate> next(LocalDate from) {
        var month = YearMonth.from(from);
        for (int at = 0; at < MOST_MONTHS && month.getYear() <= LAST_YEAR; at++) {
            if (months.get(month.getMonthValue())) {
                var day = in(month);
                if (day.isPresent() && !day.get().isBefore(from)) {
                    return day;
                }
            }
            month = month.plusMonths(1);
        }
        return Optional.empty();
    }

    private Optional<LocalDate> in(YearMonth month) {
        var step = ordinal > 0 ? 1 : -1;
        var day = ordinal > 0 ? month.atDay(1) : month.atEndOfMonth();
        var left = Math.abs(ordinal);
        while (month.equals(YearMonth.from(day))) {
            if (calendar.isBusinessDay(day) && --left == 0) {
                return Optional.of(day);
            }
            day = day.plusDays(step);
        }
        return Optional.empty();
    }
}
