package dev.leat.workflow;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the whole days of an iCalendar text (RFC 5545) as holidays: events that are dates, for as
/// long as they are, once or every year. What it doesn't understand of an event is told, rather
/// than giving wrong days.
final class Ics {

    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final Pattern MIDNIGHT = Pattern.compile("[0-9]{8}T000000Z?");
    private static final Pattern DAYS = Pattern.compile("P([0-9]{1,3})([DW])");
    private static final int MOST_DAYS = 20_000;
    private static final int LONGEST = 366;
    private static final int WEEK = 7;

    /// @param line from 1
    record Fault(int line, String message, boolean warning) {}

    private record Line(int number, String name, String value) {}

    private final Map<LocalDate, String> holidays = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private @Nullable String name;

    private Ics() {}

    static Ics read(String text) {
        var ics = new Ics();
        ics.take(text);
        return ics;
    }

    Map<LocalDate, String> holidays() {
        return holidays;
    }

    List<Fault> faults() {
        return faults;
    }

    /// What the calendar calls itself; null where it doesn't say.
    @Nullable String name() {
        return name;
    }

    private void take(String text) {
        var lines = unfolded(text);
        if (lines.isEmpty() || !lines.getFirst().name().equals("BEGIN")) {
            faults.add(
                    new Fault(1, "This is no iCalendar: it begins with BEGIN:VCALENDAR.", false));
            return;
        }
        List<Line> event = null;
        for (var line : lines) {
            if (line.name().equals("BEGIN") && line.value().equals("VEVENT")) {
                event = new ArrayList<>();
            } else if (line.name().equals("END") && line.value().equals("VEVENT")) {
                if (event != null) {
                    event(event, line.number());
                }
                event = null;
            } else if (event != null) {
                event.add(line);
            } else if (line.name().equals("X-WR-CALNAME")) {
                name = unescaped(line.value());
            }
        }
        if (event != null) {
            faults.add(new Fault(lines.getLast().number(), "The last event isn't ended.", false));
        }
    }

    /// Long lines are continued on the next, which then begins with a space.
    private List<Line> unfolded(String text) {
        var lines = new ArrayList<Line>();
        var written = text.split("\r\n|\n|\r", -1);
        for (int at = 0; at < written.length; at++) {
            var line = new StringBuilder(written[at]);
            var number = at + 1;
            while (at + 1 < written.length
                    && (written[at + 1].startsWith(" ") || written[at + 1].startsWith("\t"))) {
                line.append(written[++at], 1, written[at].length());
            }
            if (!line.toString().isBlank()) {
                add(lines, number, line.toString());
            }
        }
        return lines;
    }

    /// `NAME;PARAMETERS:VALUE`; a quoted parameter may hold colons.
    private void add(List<Line> lines, int number, String line) {
        var quoted = false;
        for (int at = 0; at < line.length(); at++) {
            var letter = line.charAt(at);
            quoted ^= letter == '"';
            if (letter == ':' && !quoted) {
                var name = line.substring(0, at).split(";", 2)[0];
                lines.add(
                        new Line(
                                number,
                                name.toUpperCase(Locale.ROOT),
                                line.substring(at + 1).strip()));
                return;
            }
        }
        faults.add(new Fault(number, "There is no colon in this line.", false));
    }

    private void event(List<Line> lines, int end) {
        var fields = new HashMap<String, Line>();
        var without = new HashSet<LocalDate>();
        for (var line : lines) {
            if (line.name().equals("EXDATE")) {
                exclude(line, without);
            } else {
                fields.putIfAbsent(line.name(), line);
            }
        }
        var start = fields.get("DTSTART");
        if (start == null) {
            faults.add(new Fault(end, "The event that ends here has no DTSTART.", false));
            return;
        }
        if (fields.containsKey("STATUS") && fields.get("STATUS").value().equals("CANCELLED")) {
            return;
        }
        var first = date(start);
        if (first == null) {
            return;
        }
        var length = length(first, fields.get("DTEND"), fields.get("DURATION"));
        var summary = fields.containsKey("SUMMARY") ? unescaped(fields.get("SUMMARY").value()) : "";
        for (var day : days(first, fields.get("RRULE"))) {
            if (!without.contains(day)) {
                keep(day, length, summary, start);
            }
        }
    }

    private void exclude(Line line, Set<LocalDate> without) {
        for (var each : line.value().split(",", -1)) {
            var date = date(new Line(line.number(), line.name(), each));
            if (date != null) {
                without.add(date);
            }
        }
    }

    private List<LocalDate> days(LocalDate first, @Nullable Line rule) {
        if (rule == null) {
            return List.of(first);
        }
        try {
            return YearlyRule.parse(rule.value(), first).occurrences();
        } catch (IllegalArgumentException e) {
            faults.add(new Fault(rule.number(), String.valueOf(e.getMessage()), false));
            return List.of();
        }
    }

    private void keep(LocalDate from, int length, String summary, Line start) {
        for (int day = 0; day < length; day++) {
            if (holidays.size() >= MOST_DAYS) {
                if (faults.stream().noneMatch(fault -> fault.message().startsWith("There are"))) {
                    faults.add(
                            new Fault(
                                    start.number(),
                                    "There are more than %,d days.".formatted(MOST_DAYS),
                                    false));
                }
                return;
            }
            holidays.putIfAbsent(from.plusDays(day), summary);
        }
    }

    /// Null where it is none, which is told.
    private @Nullable LocalDate date(Line line) {
        var text =
                MIDNIGHT.matcher(line.value()).matches()
                        ? line.value().substring(0, 8)
                        : line.value();
        if (text.contains("T")) {
            faults.add(
                    new Fault(
                            line.number(),
                            "The event has a time of day (%s); only whole days count, so it is left out."
                                    .formatted(Words.shortened(line.value())),
                            true));
            return null;
        }
        try {
            return LocalDate.parse(text, DATE);
        } catch (DateTimeException _) {
            faults.add(
                    new Fault(
                            line.number(),
                            "%s is no date such as 20261224.".formatted(Words.quoted(line.value())),
                            false));
            return null;
        }
    }

    private int length(LocalDate first, @Nullable Line end, @Nullable Line duration) {
        if (end != null) {
            var last = date(end);
            var days = last == null ? 1 : first.until(last, ChronoUnit.DAYS);
            return limited(days, end);
        }
        if (duration == null) {
            return 1;
        }
        var days = DAYS.matcher(duration.value());
        if (!days.matches()) {
            faults.add(
                    new Fault(
                            duration.number(),
                            "%s is no number of days such as P2D."
                                    .formatted(Words.quoted(duration.value())),
                            false));
            return 1;
        }
        return limited(
                Integer.parseInt(days.group(1)) * (days.group(2).equals("W") ? WEEK : 1L),
                duration);
    }

    private int limited(long days, Line line) {
        if (days > LONGEST) {
            faults.add(
                    new Fault(
                            line.number(),
                            "The event lasts %d days; the longest has %d.".formatted(days, LONGEST),
                            false));
            return 1;
        }
        return (int) Math.max(1, days);
    }

    private static String unescaped(String text) {
        return text.replace("\\n", " ")
                .replace("\\N", " ")
                .replace("\\,", ",")
                .replace("\\;", ";")
                .replace("\\\\", "\\")
                .strip();
    }
}
