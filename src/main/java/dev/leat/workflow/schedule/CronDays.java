package dev.leat.workflow.schedule;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.BitSet;
import java.util.Optional;

/// The days that a cron expression names, which may differ from month to month.
///
/// Where both the day and the weekday are restricted, a day that either names counts, as in Vixie
/// cron; a field that begins with `*`, or is `?`, restricts in no such way, so that both must fit.
final class CronDays implements DayRule {

    /// The calendar repeats itself after so many years, weekdays included.
    private static final int CYCLE = 400;

    private static final int WEEK = 7;

    private final CronField.Parsed days;
    private final BitSet months;
    private final CronField.Parsed weekdays;
    private final boolean either;

    CronDays(CronField.Parsed days, BitSet months, CronField.Parsed weekdays) {
        this.days = days;
        this.months = months;
        this.weekdays = weekdays;
        this.either = restricts(days) && restricts(weekdays);
    }

    private static boolean restricts(CronField.Parsed field) {
        return !field.any() && !field.star();
    }

    /// Whether only the months count.
    boolean areAll() {
        return isAll(days, 1, CronField.DAY.most()) && isAll(weekdays, 0, WEEK - 1);
    }

    private static boolean isAll(CronField.Parsed field, int least, int most) {
        return field.any() || field.numbers().nextClearBit(least) > most;
    }

    BitSet months() {
        return months;
    }

    boolean anyWeekday() {
        return isAll(weekdays, 0, WEEK - 1);
    }

    /// The least of the days that are named by their number; empty where others are named, too.
    Optional<Integer> leastDay() {
        return days.words().isEmpty() && !days.any()
                ? Optional.of(days.numbers().nextSetBit(1))
                : Optional.empty();
    }

    @Override
    public Optional<LocalDate> next(LocalDate from) {
        var month = YearMonth.from(from);
        var last = Math.min(LAST_YEAR, from.getYear() + CYCLE);
        var first = from.getDayOfMonth();
        while (month.getYear() <= last) {
            if (months.get(month.getMonthValue())) {
                var day = in(month) >>> first << first;
                if (day != 0) {
                    return Optional.of(month.atDay(Long.numberOfTrailingZeros(day)));
                }
            }
            first = 1;
            month = following(month);
        }
        return Optional.empty();
    }

    private YearMonth following(YearMonth month) {
        var next = months.nextSetBit(month.getMonthValue() + 1);
        return next > 0
                ? month.withMonth(next)
                : YearMonth.of(month.getYear() + 1, months.nextSetBit(1));
    }

    /// A bit for each day of the month, the first at 1.
    private long in(YearMonth month) {
        var all = (1L << (month.lengthOfMonth() + 1)) - 2;
        var byDay = days.any() ? all : byDay(month);
        var byWeekday = weekdays.any() ? all : byWeekday(month);
        return (either ? byDay | byWeekday : byDay & byWeekday) & all;
    }

    private long byDay(YearMonth month) {
        var bits = bits(days.numbers());
        for (var word : days.words()) {
            var day = special(word, month);
            if (day > 0) {
                bits |= 1L << day;
            }
        }
        return bits;
    }

    /// @return 0 or less where this month has no such day
    private static int special(String word, YearMonth month) {
        var length = month.lengthOfMonth();
        if (word.equals("L")) {
            return length;
        }
        if (word.startsWith("L-")) {
            return length - Integer.parseInt(word, 2, word.length(), 10);
        }
        var day = word.equals("LW") ? length : Integer.parseInt(word, 0, word.length() - 1, 10);
        return day > length ? 0 : nearestWorkday(month.atDay(day));
    }

    /// From Monday to Friday, within the same month.
    private static int nearestWorkday(LocalDate date) {
        var day = date.getDayOfMonth();
        return switch (date.getDayOfWeek()) {
            case SATURDAY -> day == 1 ? day + 2 : day - 1;
            case SUNDAY -> day == date.lengthOfMonth() ? day - 2 : day + 1;
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> day;
        };
    }

    private long byWeekday(YearMonth month) {
        var first = month.atDay(1);
        var weekday = first.getDayOfWeek().getValue() % WEEK;
        var bits = 0L;
        for (int day = 1; day <= month.lengthOfMonth(); day++) {
            if (weekdays.numbers().get((weekday + day - 1) % WEEK)) {
                bits |= 1L << day;
            }
        }
        for (var word : weekdays.words()) {
            bits |= special(word, first);
        }
        return bits;
    }

    private static long special(String word, LocalDate first) {
        if (word.equals("L")) {
            return 1L
                    << first.with(TemporalAdjusters.lastInMonth(java.time.DayOfWeek.SATURDAY))
                            .getDayOfMonth();
        }
        var weekday = CronField.weekday(word);
        var day = java.time.DayOfWeek.of(weekday == 0 ? WEEK : weekday);
        if (word.endsWith("L")) {
            return 1L << first.with(TemporalAdjusters.lastInMonth(day)).getDayOfMonth();
        }
        var ordinal = word.charAt(word.length() - 1) - '0';
        var date = first.with(TemporalAdjusters.dayOfWeekInMonth(ordinal, day));
        return date.getMonth() == first.getMonth() ? 1L << date.getDayOfMonth() : 0;
    }

    private static long bits(BitSet numbers) {
        var words = numbers.toLongArray();
        return words.length == 0 ? 0 : words[0];
    }
}
