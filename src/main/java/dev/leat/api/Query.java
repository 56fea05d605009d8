package dev.leat.api;

import dev.leat.security.HttpRefusal;
import dev.leat.security.ProblemKind;
import dev.leat.store.Ids;
import dev.leat.task.Durations;
import dev.leat.task.Instants;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Times and numbers in the query of an address.
final class Query {

    private Query() {}

    /// Zero where the query doesn't say.
    static Duration duration(String name, @Nullable String text, Duration longest) {
        if (text == null) {
            return Duration.ZERO;
        }
        try {
            var asked = Durations.parse(text);
            return asked.compareTo(longest) > 0 ? longest : asked;
        } catch (IllegalArgumentException e) {
            throw bad("The query parameter '%s': %s".formatted(name, e.getMessage()));
        }
    }

    /// False where the query doesn't say.
    static boolean flag(String name, @Nullable String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            case null -> false;
            default -> throw bad("The query parameter '%s' must be true or false.".formatted(name));
        };
    }

    static @Nullable Instant instant(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException _) {
            throw bad(
                    "The query parameter '%s' must be a time such as 2026-12-24T18:00:00Z."
                            .formatted(name));
        }
    }

    /// The same, where a date will do as well.
    static @Nullable Instant moment(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Instants.parse(text);
        } catch (IllegalArgumentException e) {
            throw bad("The query parameter '%s': %s".formatted(name, e.getMessage()));
        }
    }

    static int number(String name, @Nullable String text, int byDefault, int least, int most) {
        return (int) number(name, text, (long) byDefault, least, most);
    }

    static long number(String name, @Nullable String text, long byDefault, long least, long most) {
        if (text == null) {
            return byDefault;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw bad(
                "The query parameter '%s' must be a whole number from %d to %d."
                        .formatted(name, least, most));
    }

    /// The run that a page begins after.
    static long run(String name, @Nullable String text, long byDefault) {
        if (text == null) {
            return byDefault;
        }
        long id = Ids.parse(text);
        if (id < 0) {
            throw bad("The query parameter '%s' must be a run's id.".formatted(name));
        }
        return id;
    }

    /// `name=value`, any number of them.
    static Map<String, String> labels(List<String> texts) {
        var labels = new LinkedHashMap<String, String>();
        for (var text : texts) {
            var at = text.indexOf('=');
            if (at <= 0) {
                throw bad("A label to look for is written name=value, not '%s'.".formatted(text));
            }
            labels.put(text.substring(0, at), text.substring(at + 1));
        }
        return labels;
    }

    static <E extends Enum<E>> @Nullable E word(
            String name, @Nullable String text, Class<E> words) {
        if (text == null) {
            return null;
        }
        for (var word : words.getEnumConstants()) {
            if (word.name().equalsIgnoreCase(text)) {
                return word;
            }
        }
        throw bad(
                "The query parameter '%s' must be one of %s."
                        .formatted(name, java.util.Arrays.toString(words.getEnumConstants())));
    }

    static HttpRefusal bad(String sentence) {
        return new HttpRefusal(ProblemKind.BAD_REQUEST, sentence);
    }
}
