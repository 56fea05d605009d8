package dev.leat.dashboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One input of a Run form.
///
/// @param name of the input; the form's control is called `input.` and this
/// @param value as typed, or the default
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
        List<String> options,
        String minimum,
        String maximum,
        String pattern,
        @Nullable String problem) {

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
        return with(text, problem);
    }

    Field failing(String sentence) {
        return with(value, problem == null ? sentence : problem);
    }

    private Field with(String text, @Nullable String sentence) {
        return new Field(
                name,
                label,
                description,
                kind,
                required,
                text,
                options,
                minimum,
                maximum,
                pattern,
                sentence);
    }

    public String control() {
        return "input." + name;
    }

    /// A moment in UTC as the browser's control wants it, without its zone.
    public String local() {
        return value.endsWith("Z") ? value.substring(0, value.length() - 1) : value;
    }

    /// The words that help to fill it in.
    public String hint() {
        return switch (kind) {
            case MOMENT -> "Date and time in UTC";
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
