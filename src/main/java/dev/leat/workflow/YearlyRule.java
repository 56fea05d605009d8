package dev.leat.workflow;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A rule by which an iCalendar event comes again: every year, on dates or on such weekdays as the
/// fourth Thursday of November. Other rules are refused.
///
/// @param months none for the first day's
/// @param days of a month, from 1, or from −1 backwards
/// @param weekdays such as `4TH` or `MO`
record YearlyRule(
        LocalDate first,
        int interval,
        int count,
        @Nullable LocalDate until,
        List<Integer> months,
        List<Integer> days,
        List<String> weekdays) {

    /// Nobody plans for longer, and a day in a table is small.
    private static final int LAST_YEAR = 2199;

    private static final List<String> WEEKDAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
    private static final Pattern WEEKDAY = Pattern.compile("([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)");
    private static final Set<String> KNOWN =
            Set.of("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "WKST");

    /// @throws IllegalArgumentException with a sentence
    static YearlyRule parse(String text, LocalDate first) {
        var parts = parts(text);
        if (!"YEARLY".equals(parts.get("FREQ"))) {
            throw new IllegalArgumentException(
                    "The rule %s isn't understood: only FREQ=YEARLY is."
                            .formatted(Words.quoted(text)));
        }
        var rule =
                new YearlyRule(
                        first,
                        number(parts, "INTERVAL", 1),
                        number(parts, "COUNT", Integer.MAX_VALUE),
                        until(parts.get("UNTIL")),
                        numbers(parts, "BYMONTH", 1, 12),
                        numbers(parts, "BYMONTHDAY", -31, 31),
                        weekdays(parts.get("BYDAY")));
        if (!rule.weekdays().isEmpty() && rule.months().isEmpty()) {
            throw new IllegalArgumentException(
                    "The rule %s isn't understood: BYDAY needs BYMONTH."
                            .formatted(Words.quoted(text)));
        }
        return rule;
    }

    private static Map<String, String> parts(String text) {
        var parts = new LinkedHashMap<String, String>();
        for (var part : text.toUpperCase(Locale.ROOT).split(";", -1)) {
            var sides = part.split("=", 2);
            if (sides.length != 2 || !KNOWN.contains(sides[0])) {
                throw new IllegalArgumentException(
                        "The part %s of the rule isn't understood.".formatted(Words.quoted(part)));
            }
            parts.put(sides[0], sides[1]);
        }
        return parts;
    }

    private static int number(Map<String, String> parts, String name, int otherwise) {
        return parts.containsKey(name) ? numbers(parts, name, 1, 100_000).getFirst() : otherwise;
    }

    private static List<Integer> numbers(
            Map<String, String> parts, String name, int least, int most) {
        var numbers = new ArrayList<Integer>();
        if (parts.get(name) instanceof String text) {
            for (var each : text.split(",", -1)) {
                var number = each.matches("[+-]?[0-9]{1,6}") ? Integer.parseInt(each) : 0;
                if (number == 0 || number < least || number > most) {
                    throw new IllegalArgumentException(
                            "%s=%s isn't understood.".formatted(name, Words.shortened(text)));
                }
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static @Nullable LocalDate until(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(
                    text.substring(0, Math.min(8, text.length())),
                    DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException _) {
            throw new IllegalArgumentException(
                    "UNTIL=%s is no date.".formatted(Words.shortened(text)));
        }
    }

    private static List<String> weekdays(@Nullable String text) {
        var weekdays = text == null ? List.<String>of() : List.of(text.split(",", -1));
        for (var each : weekdays) {
            if (!WEEKDAY.matcher(each).matches()) {
                throw new IllegalArgumentException(
                        "BYDAY=%s isn't understood."
                                .formatted(Words.shortened(String.valueOf(text))));
            }
        }
        return weekdays;
    }

    /// All of them, in order.
    List<LocalDate> occurrences() {
        var all = new ArrayList<LocalDate>();
        for (int year = first.getYear(); year <= LAST_YEAR; year += interval) {
            for (var day : in(year)) {
                if (all.size() >= count || (until != null && day.isAfter(until))) {
                    return all;
                }
                if (!day.isBefore(first)) {
                    all.add(day);
                }
            }
        }
        return all;
    }

    private Set<LocalDate> in(int year) {
        var found = new TreeSet<LocalDate>();
        if (months.isEmpty() && days.isEmpty()) {
            var day = MonthDay.from(first);
            if (day.isValidYear(year)) {
                found.add(day.atYear(year));
            }
            return found;
        }
        for (var month : months.isEmpty() ? List.of(first.getMonthValue()) : months) {
            var of = YearMonth.of(year, month);
            if (weekdays.isEmpty()) {
                dates(of, found);
            } else {
                weekdays.forEach(weekday -> byWeekday(of, weekday, found));
            }
        }
        return found;
    }

    private void dates(YearMonth month, Set<LocalDate> found) {
        for (var day : days.isEmpty() ? List.of(first.getDayOfMonth()) : days) {
            var of = day > 0 ? day : month.lengthOfMonth() + 1 + day;
            if (of >= 1 && month.isValidDay(of)) {
                found.add(month.atDay(of));
            }
        }
    }

    /// With days of the month besides, both have to fit: such as a Friday the 13th.
    private void byWeekday(YearMonth month, String text, Set<LocalDate> found) {
        var parts = WEEKDAY.matcher(text);
        if (!parts.matches()) {
            return;
        }
        var weekday = DayOfWeek.of(WEEKDAYS.indexOf(parts.group(2)) + 1);
        if (parts.group(1) != null) {
            var day =
                    month.atDay(1)
                            .with(
                                    TemporalAdjusters.dayOfWeekInMonth(
                                            Integer.parseInt(parts.group(1)), weekday));
            if (YearMonth.from(day).equals(month)) {
                found.add(day);
            }
            return;
        }
        for (int day = 1; day <= month.lengthOfMonth(); day++) {
            var date = month.atDay(day);
            if (date.getDayOfWeek() == weekday
                    && (days.isEmpty()
                            || days.contains(day)
                            || days.contains(day - month.lengthOfMonth() - 1))) {
                found.add(date);
            }
        }
    }
}
