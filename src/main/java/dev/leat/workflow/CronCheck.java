package dev.leat.workflow;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks that a cron expression can be read and will ever fire: five fields, or six with seconds
/// first, or a word such as
/// `@daily`.
final class CronCheck {

    private static final List<String> MONTHS =
            List.of(
                    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV",
                    "DEC");
    private static final List<String> DAYS =
            List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final List<String> NICKNAMES =
            List.of(
                    "@yearly",
                    "@annually",
                    "@monthly",
                    "@weekly",
                    "@daily",
                    "@midnight",
                    "@hourly");
    private static final int[] LONGEST = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final Pattern DAY_WORD =
            Pattern.compile("L(?:-[0-9]{1,2})?|LW|(?:[1-9]|[12][0-9]|3[01])W|\\?");
    private static final Pattern WEEKDAY_WORD =
            Pattern.compile("L|[0-7A-Z]{1,3}L|[0-7A-Z]{1,3}#[1-5]|\\?");

    /// What a field may hold.
    private record Field(
            String name, int least, int most, List<String> names, @Nullable Pattern words) {}

    private static final Field SECOND = new Field("second", 0, 59, List.of(), null);
    private static final Field MINUTE = new Field("minute", 0, 59, List.of(), null);
    private static final Field HOUR = new Field("hour", 0, 23, List.of(), null);
    private static final Field DAY = new Field("day", 1, 31, List.of(), DAY_WORD);
    private static final Field MONTH = new Field("month", 1, 12, MONTHS, null);
    private static final Field WEEKDAY = new Field("weekday", 0, 7, DAYS, WEEKDAY_WORD);
    private static final List<Field> FIVE = List.of(MINUTE, HOUR, DAY, MONTH, WEEKDAY);
    private static final List<Field> SIX = List.of(SECOND, MINUTE, HOUR, DAY, MONTH, WEEKDAY);

    private CronCheck() {}

    /// @param offset into the expression
    record Fault(ProblemCode code, int offset, String message, @Nullable String hint) {}

    /// The first thing wrong with it; empty where it is good.
    static Optional<Fault> check(String cron) {
        var text = cron.strip();
        if (text.startsWith("@")) {
            return NICKNAMES.contains(text)
                    ? Optional.empty()
                    : fault(
                            0,
                            "%s is no cron word.".formatted(Words.quoted(text)),
                            "there are " + String.join(", ", NICKNAMES));
        }
        var parts = text.split("\\s+");
        if (parts.length != 5 && parts.length != 6) {
            return fault(
                    0,
                    "%s has %d fields; cron has five (minute hour day month weekday), or six with seconds first."
                            .formatted(Words.quoted(cron), text.isEmpty() ? 0 : parts.length),
                    null);
        }
        return checkFields(cron, parts, parts.length == 5 ? FIVE : SIX);
    }

    private static Optional<Fault> checkFields(String cron, String[] parts, List<Field> fields) {
        var offset = 0;
        for (int at = 0; at < parts.length; at++) {
            offset = cron.indexOf(parts[at], offset);
            var fault = checkField(parts[at].toUpperCase(Locale.ROOT), fields.get(at));
            if (fault.isPresent()) {
                return fault(offset, fault.get(), null);
            }
            offset += parts[at].length();
        }
        return neverFires(
                parts[parts.length - 3], parts[parts.length - 2], parts[parts.length - 1]);
    }

    private static Optional<Fault> fault(int offset, String message, @Nullable String hint) {
        return Optional.of(new Fault(ProblemCode.BAD_CRON, offset, message, hint));
    }

    private static Optional<String> checkField(String text, Field field) {
        for (var part : text.split(",", -1)) {
            if (field.words() == null || !field.words().matcher(part).matches()) {
                var fault = checkRange(part, field, null);
                if (fault != null) {
                    return Optional.of(fault);
                }
            }
        }
        return Optional.empty();
    }

    /// @param into where the numbers of the range are marked; null where nobody wants to know
    private static @Nullable String checkRange(String part, Field field, @Nullable BitSet into) {
        var stepped = part.split("/", -1);
        var step = stepped.length == 2 ? number(stepped[1], List.of(), 1) : 1;
        if (stepped.length > 2 || step < 1) {
            return "The %s field holds %s; a step is written as */5."
                    .formatted(field.name(), Words.quoted(part));
        }
        var ends = stepped[0].split("-", -1);
        var any = stepped[0].equals("*");
        var from = any ? field.least() : number(ends[0], field.names(), field.least());
        var to =
                any || (ends.length == 1 && stepped.length == 2)
                        ? field.most()
                        : number(ends[ends.length - 1], field.names(), field.least());
        if (ends.length > 2 || from < field.least() || to > field.most() || to < 0) {
            return "The %s field holds %s; it goes from %d to %d."
                    .formatted(field.name(), Words.quoted(part), field.least(), field.most());
        }
        if (from > to) {
            return "The %s field holds %s, which ends before it begins."
                    .formatted(field.name(), Words.quoted(part));
        }
        for (int at = from; into != null && at <= to; at += step) {
            into.set(at);
        }
        return null;
    }

    private static int number(String text, List<String> names, int first) {
        var name = names.indexOf(text);
        if (name >= 0) {
            return name + first;
        }
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    /// Such as the 30th of February: no month of those named has so many days.
    private static Optional<Fault> neverFires(String day, String month, String weekday) {
        var anyWeekday = weekday.equals("*") || weekday.equals("?");
        if (!anyWeekday || DAY_WORD.matcher(day.toUpperCase(Locale.ROOT)).find()) {
            return Optional.empty();
        }
        var days = marked(day, DAY);
        var months = marked(month, MONTH);
        var possible = months.stream().anyMatch(at -> days.nextSetBit(0) <= LONGEST[at - 1]);
        return possible
                ? Optional.empty()
                : Optional.of(
                        new Fault(
                                ProblemCode.CRON_NEVER_FIRES,
                                0,
                                "This never fires: no such month has a day %d."
                                        .formatted(days.nextSetBit(0)),
                                "write L for the last day of a month"));
    }

    private static BitSet marked(String text, Field field) {
        var marked = new BitSet();
        for (var part : text.toUpperCase(Locale.ROOT).split(",", -1)) {
            checkRange(part, field, marked);
        }
        return marked;
    }
}
