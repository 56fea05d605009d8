package dev.leat.engine.report;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cron expressions in words, as far as words are clearer: `0 2 * * *` is "at 02:00 every day".
final class CronWords {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,2}");
    private static final Pattern STEP = Pattern.compile("(?:\\*|0)/(\\d{1,2})");
    private static final Pattern RANGE = Pattern.compile("(\\w{1,3})-(\\w{1,3})");
    private static final List<String> ORDINALS =
            List.of("first", "second", "third", "fourth", "fifth");
    private static final List<String> DAYS =
            List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int FIVE = 5;
    private static final int MOST_TIMES = 4;

    private CronWords() {}

    static String of(String expression) {
        var text =
                switch (expression.strip()) {
                    case "@yearly", "@annually" -> "0 0 1 1 *";
                    case "@monthly" -> "0 0 1 * *";
                    case "@weekly" -> "0 0 * * 0";
                    case "@daily", "@midnight" -> "0 0 * * *";
                    case "@hourly" -> "0 * * * *";
                    case String other -> other;
                };
        var fields = text.split("\\s+");
        var first = fields.length - FIVE;
        if (first < 0 || first > 1) {
            return plain(expression);
        }
        var time = time(first == 1 ? fields[0] : "0", fields[first], fields[first + 1]);
        var days = days(fields[first + 2], fields[first + 4]);
        var months = months(fields[first + 3]);
        if (time == null || days == null || months == null) {
            return plain(expression);
        }
        // "Every 5 minutes every day" says nothing that "every 5 minutes" doesn't.
        var said = time.startsWith("every") && days.equals("every day") ? time : time + " " + days;
        return months.isEmpty() ? said : said + " in " + months;
    }

    private static String plain(String expression) {
        return "by the cron expression " + expression.strip();
    }

    private static @Nullable String time(String second, String minute, String hour) {
        if (!second.equals("0")) {
            return minute.equals("*") && hour.equals("*") ? every(second, "second") : null;
        }
        if (hour.equals("*")) {
            return NUMBER.matcher(minute).matches()
                    ? minute.matches("0+")
                            ? "every hour"
                            : "every hour at minute " + Integer.parseInt(minute)
                    : every(minute, "minute");
        }
        var hours = STEP.matcher(hour);
        if (hours.matches() && NUMBER.matcher(minute).matches()) {
            var at = Integer.parseInt(minute);
            return "every " + hours.group(1) + " hours" + (at == 0 ? "" : " at minute " + at);
        }
        var range = RANGE.matcher(hour);
        if (range.matches()) {
            var each = NUMBER.matcher(minute).matches() ? "every hour" : every(minute, "minute");
            var last = NUMBER.matcher(minute).matches() ? minute : "59";
            return each == null
                    ? null
                    : "%s from %s to %s"
                            .formatted(
                                    each,
                                    clock(range.group(1), each.equals("every hour") ? minute : "0"),
                                    clock(range.group(2), last));
        }
        return times(minute, hour);
    }

    private static @Nullable String every(String field, String unit) {
        var step = STEP.matcher(field);
        if (step.matches()) {
            return step.group(1).equals("1")
                    ? "every " + unit
                    : "every " + step.group(1) + " " + unit + "s";
        }
        return field.equals("*") ? "every " + unit : null;
    }

    private static @Nullable String times(String minute, String hour) {
        var times = new ArrayList<String>();
        for (var each : hour.split(",", -1)) {
            for (var at : minute.split(",", -1)) {
                if (!NUMBER.matcher(each).matches() || !NUMBER.matcher(at).matches()) {
                    return null;
                }
                times.add(clock(each, at));
            }
        }
        return times.size() > MOST_TIMES ? null : "at " + and(times);
    }

    private static String clock(String hour, String minute) {
        return NUMBER.matcher(hour).matches()
                ? "%02d:%02d".formatted(Integer.parseInt(hour), Integer.parseInt(minute))
                : hour;
    }

    private static @Nullable String days(String day, String weekday) {
        var anyDay = day.equals("*") || day.equals("?");
        var anyWeekday = weekday.equals("*") || weekday.equals("?");
        if (anyDay && anyWeekday) {
            return "every day";
        }
        if (anyWeekday) {
            return switch (day.toUpperCase(Locale.ROOT)) {
                case "L" -> "on the last day of the month";
                case "LW" -> "on the last weekday of the month";
                case String days -> numbers(days, "on day ", " of the month");
            };
        }
        return anyDay ? weekdays(weekday.toUpperCase(Locale.ROOT)) : null;
    }

    private static @Nullable String numbers(String list, String before, String after) {
        var numbers = List.of(list.split(",", -1));
        return numbers.stream().allMatch(each -> NUMBER.matcher(each).matches())
                ? before + and(numbers) + after
                : null;
    }

    private static @Nullable String weekdays(String field) {
        var at = field.indexOf('#');
        if (at > 0 && field.length() == at + 2 && "12345".indexOf(field.charAt(at + 1)) >= 0) {
            var day = day(field.substring(0, at));
            return day == null
                    ? null
                    : "on the %s %s of the month"
                            .formatted(ORDINALS.get(field.charAt(at + 1) - '1'), day);
        }
        if (field.endsWith("L")) {
            var day = day(field.substring(0, field.length() - 1));
            return day == null ? null : "on the last %s of the month".formatted(day);
        }
        var range = RANGE.matcher(field);
        if (range.matches()) {
            var from = day(range.group(1));
            var to = day(range.group(2));
            return from == null || to == null ? null : "from " + from + " to " + to;
        }
        var days = new ArrayList<String>();
        for (var each : field.split(",", -1)) {
            var day = day(each);
            if (day == null) {
                return null;
            }
            days.add(day);
        }
        return "every " + and(days);
    }

    private static @Nullable String day(String word) {
        var number = word.matches("[0-7]") ? Integer.parseInt(word) % 7 : DAYS.indexOf(word);
        return number < 0
                ? null
                : DayOfWeek.of(number == 0 ? 7 : number)
                        .getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    /// Empty for all of them.
    private static @Nullable String months(String field) {
        if (field.equals("*") || field.equals("?")) {
            return "";
        }
        var months = new ArrayList<String>();
        for (var each : field.toUpperCase(Locale.ROOT).split(",", -1)) {
            var month = month(each);
            if (month == null) {
                return null;
            }
            months.add(month.getDisplayName(TextStyle.FULL, Locale.ENGLISH));
        }
        return and(months);
    }

    private static @Nullable Month month(String word) {
        for (var month : Month.values()) {
            if (month.name().startsWith(word) && word.length() == 3
                    || word.matches("0?" + month.getValue())) {
                return month;
            }
        }
        return null;
    }

    private static String and(List<String> words) {
        return words.size() == 1
                ? words.getFirst()
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }
}
