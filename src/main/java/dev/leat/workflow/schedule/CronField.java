package dev.leat.workflow.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One field of a cron expression: what it may hold, and how that is read.
///
/// @param openEnd where `*` and `5/2` end
/// @param words what else a part may be than a number, a range or a step; null for nothing
record CronField(
        String name,
        int least,
        int most,
        int openEnd,
        List<String> names,
        @Nullable Pattern words) {

    private static final List<String> MONTHS =
            List.of(
                    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV",
                    "DEC");
    private static final List<String> DAYS =
            List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final int LONGEST = 60;

    static final CronField SECOND = new CronField("second", 0, 59, 59, List.of(), null);
    static final CronField MINUTE = new CronField("minute", 0, 59, 59, List.of(), null);
    static final CronField HOUR = new CronField("hour", 0, 23, 23, List.of(), null);
    static final CronField DAY =
            new CronField(
                    "day",
                    1,
                    31,
                    31,
                    List.of(),
                    Pattern.compile("L(?:-[0-9]{1,2})?|LW|(?:[1-9]|[12][0-9]|3[01])W"));
    static final CronField MONTH = new CronField("month", 1, 12, 12, MONTHS, null);
    static final CronField WEEKDAY =
            new CronField(
                    "weekday",
                    0,
                    7,
                    6,
                    DAYS,
                    Pattern.compile(
                            "L|(?:[0-7]|SUN|MON|TUE|WED|THU|FRI|SAT)L|(?:[0-7]|SUN|MON|TUE|WED|THU|FRI|SAT)#[1-5]"));

    /// What a field says.
    ///
    /// @param numbers those that it names
    /// @param words its parts that stand for a day which differs from month to month, such as `L`
    /// @param any it is `?`, which restricts nothing
    /// @param star it begins with `*`
    record Parsed(BitSet numbers, List<String> words, boolean any, boolean star) {}

    /// @param offset of the field in the expression
    Parsed read(String written, int offset) throws CronException {
        var text = written.toUpperCase(Locale.ROOT);
        if (words != null && text.equals("?")) {
            return new Parsed(new BitSet(), List.of(), true, false);
        }
        var numbers = new BitSet();
        var special = new ArrayList<String>();
        for (var part : text.split(",", -1)) {
            if (words != null && words.matcher(part).matches()) {
                special.add(part);
                continue;
            }
            var fault = readRange(part, numbers);
            if (fault != null) {
                throw new CronException(offset, fault, null);
            }
        }
        return new Parsed(numbers, List.copyOf(special), false, text.startsWith("*"));
    }

    /// @return the sentence about what is wrong
    private @Nullable String readRange(String part, BitSet into) {
        var stepped = part.split("/", -1);
        var step = stepped.length == 2 ? number(stepped[1], List.of(), 1) : 1;
        if (stepped.length > 2 || step < 1) {
            return "The %s field holds %s; a step is written as */5.".formatted(name, quoted(part));
        }
        var ends = stepped[0].split("-", -1);
        var any = stepped[0].equals("*");
        var open = any || (ends.length == 1 && stepped.length == 2);
        var from = any ? least : number(ends[0]);
        var to = open ? Math.max(from, openEnd) : lastOf(from, ends[ends.length - 1]);
        if (ends.length > 2 || from < least || from > most || to > most || to < 0) {
            return "The %s field holds %s; it goes from %d to %d."
                    .formatted(name, quoted(part), least, most);
        }
        if (from > to) {
            return "The %s field holds %s, which ends before it begins."
                    .formatted(name, quoted(part));
        }
        for (int at = from; at <= to; at += step) {
            into.set(at);
        }
        return null;
    }

    /// A week may end with its Sunday, as in `FRI-SUN`.
    private int lastOf(int from, String text) {
        var to = number(text);
        return to == 0 && from > 0 && names == DAYS ? 7 : to;
    }

    /// The weekday at the beginning of a word such as `FRIL` or `1#2`, from 0 for Sunday to 6.
    static int weekday(String word) {
        var length = Character.isDigit(word.charAt(0)) ? 1 : 3;
        return WEEKDAY.number(word.substring(0, length)) % 7;
    }

    private int number(String text) {
        return number(text, names, least);
    }

    private static int number(String text, List<String> names, int first) {
        var name = names.indexOf(text);
        if (name >= 0) {
            return name + first;
        }
        return NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
    }

    static String quoted(String text) {
        var line = SPACE.matcher(text).replaceAll(" ");
        return "'" + (line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…") + "'";
    }
}
