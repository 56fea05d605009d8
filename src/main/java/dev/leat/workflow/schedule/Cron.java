package dev.leat.workflow.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A cron expression: five fields, six with seconds first, or a word such as `@daily`.
///
/// It knows local times only; what a zone's clock makes of them is [CronSchedule]'s.
public final class Cron {

    private static final Map<String, String> WORDS = words();
    private static final List<CronField> FIVE =
            List.of(
                    CronField.MINUTE,
                    CronField.HOUR,
                    CronField.DAY,
                    CronField.MONTH,
                    CronField.WEEKDAY);
    private static final List<CronField> SIX =
            List.of(
                    CronField.SECOND,
                    CronField.MINUTE,
                    CronField.HOUR,
                    CronField.DAY,
                    CronField.MONTH,
                    CronField.WEEKDAY);
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final int HOURS = 24;
    private static final int MINUTES = 60;
    private static final int[] LONGEST = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private final String text;
    private final BitSet seconds;
    private final BitSet minutes;
    private final BitSet hours;
    private final CronDays days;
    private final LocalTime first;

    private Cron(String text, List<CronField.Parsed> fields) {
        var from = fields.size() - FIVE.size();
        this.text = text;
        this.seconds = from == 0 ? only(0) : fields.getFirst().numbers();
        this.minutes = fields.get(from).numbers();
        this.hours = fields.get(from + 1).numbers();
        this.days =
                new CronDays(
                        fields.get(from + 2), fields.get(from + 3).numbers(), weekdays(fields));
        this.first =
                LocalTime.of(hours.nextSetBit(0), minutes.nextSetBit(0), seconds.nextSetBit(0));
    }

    private static Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        words.put("@yearly", "0 0 1 1 *");
        words.put("@annually", "0 0 1 1 *");
        words.put("@monthly", "0 0 1 * *");
        words.put("@weekly", "0 0 * * 0");
        words.put("@daily", "0 0 * * *");
        words.put("@midnight", "0 0 * * *");
        words.put("@hourly", "0 * * * *");
        return words;
    }

    private static BitSet only(int number) {
        var set = new BitSet();
        set.set(number);
        return set;
    }

    /// 7 is Sunday as well as 0.
    private static CronField.Parsed weekdays(List<CronField.Parsed> fields) {
        var weekdays = fields.getLast();
        if (weekdays.numbers().get(CronField.WEEKDAY.most())) {
            weekdays.numbers().set(0);
        }
        return weekdays;
    }

    /// @throws CronException about the first thing that is wrong with it
    public static Cron parse(String text) throws CronException {
        var stripped = text.strip();
        if (stripped.startsWith("@")) {
            var meaning = WORDS.get(stripped);
            if (meaning == null) {
                throw new CronException(
                        0,
                        "%s is no cron word.".formatted(CronField.quoted(stripped)),
                        "there are " + String.join(", ", WORDS.keySet()));
            }
            return parse(meaning);
        }
        var parts = SPACE.split(stripped);
        if (parts.length != FIVE.size() && parts.length != SIX.size()) {
            throw new CronException(
                    0,
                    "%s has %d fields; cron has five (minute hour day month weekday), or six with seconds first."
                            .formatted(
                                    CronField.quoted(text), stripped.isEmpty() ? 0 : parts.length),
                    null);
        }
        return new Cron(text, fields(text, parts));
    }

    private static List<CronField.Parsed> fields(String text, String[] parts) throws CronException {
        var kinds = parts.length == FIVE.size() ? FIVE : SIX;
        var fields = new ArrayList<CronField.Parsed>();
        var offset = 0;
        for (int at = 0; at < parts.length; at++) {
            offset = text.indexOf(parts[at], offset);
            fields.add(kinds.get(at).read(parts[at], offset));
            offset += parts[at].length();
        }
        return fields;
    }

    /// Why no date is ever named by it, as a sentence; empty where one is.
    public Optional<String> neverFires() {
        if (days.next(LocalDate.EPOCH).isPresent()) {
            return Optional.empty();
        }
        var day = days.leastDay().orElse(0);
        var months = days.months().stream();
        return Optional.of(
                days.anyWeekday() && day > 0 && months.allMatch(at -> day > LONGEST[at - 1])
                        ? "This never fires: no such month has a day %d.".formatted(day)
                        : "This never fires: no month has such a day.");
    }

    /// Whether it restricts the days, by their number or weekday.
    public boolean restrictsDays() {
        return !days.areAll();
    }

    /// Whether it fires in every hour of the days it names: it is then meant by elapsed time.
    public boolean firesEveryHour() {
        return hours.cardinality() == HOURS;
    }

    CronDays days() {
        return days;
    }

    BitSet months() {
        return days.months();
    }

    /// The first time of day that isn't before this one; null where the day is over.
    @Nullable LocalTime nextTime(LocalTime from) {
        var hour = hours.nextSetBit(from.getHour());
        if (hour < 0) {
            return null;
        }
        if (hour > from.getHour()) {
            return first.withHour(hour);
        }
        var minute = minutes.nextSetBit(from.getMinute());
        if (minute == from.getMinute()) {
            var second = seconds.nextSetBit(from.getSecond() + (from.getNano() > 0 ? 1 : 0));
            if (second >= 0) {
                return LocalTime.of(hour, minute, second);
            }
            minute = minute + 1 < MINUTES ? minutes.nextSetBit(minute + 1) : -1;
        }
        if (minute >= 0) {
            return LocalTime.of(hour, minute, first.getSecond());
        }
        var later = hours.nextSetBit(hour + 1);
        return later < 0 ? null : first.withHour(later);
    }

    /// The first local time on one of the days that isn't before this one.
    Optional<LocalDateTime> next(LocalDateTime from, DayRule on) {
        var date = on.next(from.toLocalDate());
        if (date.isPresent() && date.get().equals(from.toLocalDate())) {
            var time = nextTime(from.toLocalTime());
            if (time != null) {
                return Optional.of(date.get().atTime(time));
            }
            date =
                    from.toLocalDate().equals(LAST_DAY)
                            ? Optional.empty()
                            : on.next(from.toLocalDate().plusDays(1));
        }
        return date.map(day -> day.atTime(first));
    }

    private static final LocalDate LAST_DAY = LocalDate.of(DayRule.LAST_YEAR, 12, 31);

    @Override
    public String toString() {
        return text;
    }
}
