package dev.leat.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON text to plain Java values and back, strictly: no duplicate keys, no NaN, bounded depth and
/// size.
///
/// Whole numbers that fit are `Long`, all other numbers are `Double`: JSON has one kind of number
/// and so do expressions.
public final class Json {

    private static final int DEEPEST = 200;
    private static final int LONGEST_NUMBER = 1_000;
    private static final int LONGEST_NAME = 10_000;
    private static final int LONGEST_STRING = 120_000_000;

    private static final ObjectMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .maxNumberLength(LONGEST_NUMBER)
                                                    .maxNameLength(LONGEST_NAME)
                                                    .maxStringLength(LONGEST_STRING)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                    .build();

    private Json() {}

    /// @throws IllegalArgumentException with a sentence that says what is wrong and where
    public static @Nullable Object read(String text) {
        try {
            return plain(MAPPER.readValue(text, Object.class));
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            var where =
                    place == null
                            ? ""
                            : " (line "
                                    + place.getLineNr()
                                    + ", column "
                                    + place.getColumnNr()
                                    + ")";
            throw new IllegalArgumentException(e.getOriginalMessage() + where, e);
        }
    }

    /// @throws IllegalArgumentException also where the text is another JSON value than an object
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> readObject(String text) {
        if (read(text) instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new IllegalArgumentException("expected a JSON object");
    }

    /// What is stored, for those who only look: text that can't be read, as no write of Leat leaves
    /// behind, is shown as what is wrong with it. One such row must not take a whole list away.
    public static @Nullable Object readToShow(String text) {
        try {
            return read(text);
        } catch (IllegalArgumentException unreadable) {
            return unreadable(unreadable);
        }
    }

    /// The same where an object is expected.
    public static Map<String, @Nullable Object> readObjectToShow(String text) {
        try {
            return readObject(text);
        } catch (IllegalArgumentException unreadable) {
            return unreadable(unreadable);
        }
    }

    private static Map<String, @Nullable Object> unreadable(IllegalArgumentException why) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("code", "unreadable");
        shown.put("message", "what is stored here can't be read: " + why.getMessage());
        return shown;
    }

    /// One line, as small as it gets.
    public static String write(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value: " + e.getOriginalMessage(), e);
        }
    }

    /// Indented, for people.
    public static String writePretty(@Nullable Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value: " + e.getOriginalMessage(), e);
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(map.size());
                map.forEach((key, item) -> copy.put(whole(String.valueOf(key)), plain(item)));
                yield copy;
            }
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>(list.size());
                list.forEach(item -> copy.add(plain(item)));
                yield copy;
            }
            case Integer number -> (long) number;
            case BigInteger number -> finite(number.doubleValue());
            case BigDecimal number -> finite(number.doubleValue());
            case Double number -> finite(number);
            case Float number -> finite(number);
            case String text -> whole(text);
            case null, default -> value;
        };
    }

    private static double finite(double number) {
        if (Double.isInfinite(number)) {
            throw new IllegalArgumentException(
                    "a number is beyond what can be kept, which is 1.8e308");
        }
        return number;
    }

    /// Half of a letter that takes two, as `"\\ud800"`, is in no UTF-8 and would be lost on the
    /// way.
    private static String whole(String text) {
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (!Character.isSurrogate(letter)) {
                continue;
            }
            var pair =
                    Character.isHighSurrogate(letter)
                            && at + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(at + 1));
            if (!pair) {
                throw new IllegalArgumentException(
                        "a text holds \\u%04x without its other half".formatted((int) letter));
            }
            at++;
        }
        return text;
    }
}
