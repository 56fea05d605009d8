package dev.leat.dashboard;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One input of a Run form.
///
/// @param name of the input; the form's control is called `input.` and this
/// @param value as typed, or the default
/// @param zone of a date with time, as typed; `UTC` where nothing was
/// @param options for a choice
/// @param minimum empty for none
/// @param problem what is wrong with what was typed; null where nothing is
record Field(
        String name,
        String label,
        String description,
        Kind kind,
        boolean required,
        String value,
        String zone,
        List<String> options,
        String minimum,
        String maximum,
        String pattern,
        @Nullable String problem) {

    static final String UTC = "UTC";

    enum Kind {
        TEXT,
        INTEGER,
        NUMBER,
        BOOLEAN,
        CHOICE,
        DATE,
        MOMENT,
        JSON
    }

    Field typed(String text) {
        return with(text, zone, problem);
    }

    Field typed(String text, @Nullable String zone) {
        return with(text, zone == null || zone.isBlank() ? UTC : zone.strip(), problem);
    }

    Field failing(String sentence) {
        return with(value, zone, problem == null ? sentence : problem);
    }

    private Field with(String text, String zone, @Nullable String sentence) {
        return new Field(
                name,
                label,
                description,
                kind,
                required,
                text,
                zone,
                options,
                minimum,
                maximum,
                pattern,
                sentence);
    }

    public String control() {
        return "input." + name;
    }

    /// A moment as the browser's control wants it, without its zone: in UTC, or as it was typed.
    public String local() {
        try {
            return OffsetDateTime.parse(value)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime()
                    .toString();
        } catch (DateTimeException _) {
            return value;
        }
    }

    /// The moment that was typed, with its distance from UTC.
    ///
    /// @throws IllegalArgumentException with a sentence, where there is no such moment
    String moment() {
        try {
            OffsetDateTime.parse(value);
            return value;
        } catch (DateTimeException _) {
            return moment(local(value), zone());
        }
    }

    private static String moment(LocalDateTime local, String zone) {
        var rules = zoneOf(zone).getRules();
        var offsets = rules.getValidOffsets(local);
        if (offsets.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no such time in %s: the clock is put forward then.".formatted(zone));
        }
        // Where the hour comes twice, the first one.
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local.atOffset(offsets.getFirst()));
    }

    private static LocalDateTime local(String text) {
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "Give a date with time, such as 2026-11-27T08:00.", e);
        }
    }

    private static ZoneId zoneOf(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'%s' is no time zone. Give one such as UTC or Europe/Amsterdam."
                            .formatted(zone),
                    e);
        }
    }

    /// The words that help to fill it in.
    public String hint() {
        return switch (kind) {
            case MOMENT -> "Date and time, and the zone they are of";
            case JSON -> "A JSON value";
            case TEXT, INTEGER, NUMBER, BOOLEAN, CHOICE, DATE -> range();
        };
    }

    private String range() {
        if (minimum.isEmpty() && maximum.isEmpty()) {
            return "";
        }
        if (maximum.isEmpty()) {
            return "At least " + minimum;
        }
        return minimum.isEmpty() ? "At most " + maximum : minimum + " to " + maximum;
    }
}
