package dev.leat.workflow.expression;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Functions over timestamps and durations.
final class TimeFunctions {

    private TimeFunctions() {}

    static void register(Function.Table table) {
        table.put("now", 0, (frame, _) -> frame.now())
                .put("date", 1, (_, of) -> zoned(of).toLocalDate().toString())
                .put("date", 2, (_, of) -> zoned(of).toLocalDate().toString());
        getter(table, "getFullYear", ZonedDateTime::getYear, null);
        getter(table, "getMonth", time -> time.getMonthValue() - 1L, null);
        getter(table, "getDate", ZonedDateTime::getDayOfMonth, null);
        getter(table, "getDayOfMonth", time -> time.getDayOfMonth() - 1L, null);
        getter(table, "getDayOfYear", time -> time.getDayOfYear() - 1L, null);
        getter(table, "getDayOfWeek", time -> time.getDayOfWeek().getValue() % 7L, null);
        getter(table, "getHours", ZonedDateTime::getHour, Duration::toHours);
        getter(table, "getMinutes", ZonedDateTime::getMinute, Duration::toMinutes);
        getter(table, "getSeconds", ZonedDateTime::getSecond, Duration::toSeconds);
        getter(
                table,
                "getMilliseconds",
                time -> time.getNano() / 1_000_000,
                Duration::toMillisPart);
    }

    private static void getter(
            Function.Table table,
            String name,
            ToLongFunction<ZonedDateTime> ofTime,
            @Nullable ToLongFunction<Duration> ofDuration) {
        Function function =
                (_, of) ->
                        ofDuration != null && of[0] instanceof Duration duration
                                ? ofDuration.applyAsLong(duration)
                                : ofTime.applyAsLong(zoned(of));
        table.put(name, 1, function).put(name, 2, function);
    }

    private static ZonedDateTime zoned(@Nullable Object[] of) {
        var zone = of.length == 1 ? ZoneOffset.UTC : zone(Function.text(of, 1));
        return timestamp(of[0]).atZone(zone);
    }

    private static ZoneId zone(String name) {
        try {
            var isOffset = !name.isEmpty() && Character.isDigit(name.charAt(0));
            return ZoneId.of(isOffset ? "+" + name : name);
        } catch (DateTimeException e) {
            throw Failure.because(
                    "no time zone '" + shortened(name) + "'; write one such as Europe/Berlin");
        }
    }

    static Instant timestamp(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> instant;
            case Long seconds -> Instant.ofEpochSecond(seconds);
            case String text -> parse(text);
            case null, default -> Function.needs("a timestamp", value);
        };
    }

    private static Instant parse(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Failure.because(
                    "'" + shortened(text) + "' is no timestamp such as 2026-11-23T08:00:00Z");
        }
    }

    static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
