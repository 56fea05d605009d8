package dev.leat.api;

import dev.leat.security.HttpRefusal;
import dev.leat.security.ProblemKind;
import dev.leat.store.Json;
import dev.leat.task.Instants;
import dev.leat.task.Problem;
import dev.leat.task.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A JSON object somebody sent. Every field that is unknown or of another type is found, not only
/// the first.
final class JsonBody {

    private final Map<String, @Nullable Object> fields;
    private final List<Problem> problems = new ArrayList<>();

    private JsonBody(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /// @param known the fields there are
    static JsonBody read(byte @Nullable [] bytes, Set<String> known) {
        var body = new JsonBody(open(bytes));
        body.refuseUnknown(known);
        return body;
    }

    /// An object whose fields are looked at elsewhere; empty where nothing was sent.
    static Map<String, @Nullable Object> open(byte @Nullable [] bytes) {
        var text = text(bytes);
        if (text.isBlank()) {
            return Map.of();
        }
        try {
            return Json.readObject(text);
        } catch (IllegalArgumentException e) {
            // Jackson names its own sources, which says nothing to whoever sent the body.
            var fault =
                    String.valueOf(e.getMessage())
                            .replaceAll(" \\(start marker at [^)]*\\)[^)]*\\)", "");
            throw new HttpRefusal(
                    ProblemKind.BAD_REQUEST, "The body can't be read as JSON: " + fault);
        }
    }

    /// UTF-8, strictly, and without its mark.
    static String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "";
        }
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            var text = decoder.decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw new HttpRefusal(ProblemKind.BAD_REQUEST, "The body is not UTF-8 text.");
        }
    }

    private void refuseUnknown(Set<String> known) {
        for (var name : fields.keySet()) {
            if (!known.contains(name)) {
                problems.add(
                        Problem.error(
                                        "unknown-field",
                                        pointer(name),
                                        "There is no field '%s' here.".formatted(name))
                                .hinting("known: " + String.join(", ", new TreeSet<>(known))));
            }
        }
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    @Nullable Object value(String name) {
        return fields.get(name);
    }

    Map<String, @Nullable Object> object(String name) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        switch (fields.get(name)) {
            case null -> {}
            case Map<?, ?> map -> map.forEach((key, item) -> object.put(String.valueOf(key), item));
            default -> wrongType(name, "an object");
        }
        return object;
    }

    Map<String, String> texts(String name) {
        var texts = new LinkedHashMap<String, String>();
        object(name)
                .forEach(
                        (key, value) -> {
                            if (value instanceof String text) {
                                texts.put(key, text);
                            } else {
                                wrongType(name + "/" + key, "text");
                            }
                        });
        return texts;
    }

    /// Texts in their order; none where there is no such field.
    List<String> list(String name) {
        var texts = new ArrayList<String>();
        switch (fields.get(name)) {
            case null -> {}
            case List<?> items when items.stream().allMatch(String.class::isInstance) ->
                    items.forEach(item -> texts.add(String.valueOf(item)));
            default -> wrongType(name, "a list of texts");
        }
        return texts;
    }

    /// False where there is none.
    boolean truth(String name) {
        return switch (fields.get(name)) {
            case null -> false;
            case Boolean truth -> truth;
            default -> {
                wrongType(name, "true or false");
                yield false;
            }
        };
    }

    /// An object in it, read with the same care. What is wrong with it is found by its own
    /// [#check].
    JsonBody inner(String name, Set<String> known) {
        var inner = new JsonBody(object(name));
        inner.refuseUnknown(known);
        return inner;
    }

    @Nullable String text(String name) {
        return switch (fields.get(name)) {
            case null -> null;
            case String text -> text;
            default -> {
                wrongType(name, "text");
                yield null;
            }
        };
    }

    /// A moment, or a date that stands for its start in UTC; null where there is none.
    @Nullable Instant moment(String name) {
        var text = text(name);
        try {
            return text == null ? null : Instants.parse(text);
        } catch (IllegalArgumentException e) {
            problems.add(
                    Problem.error("wrong-type", pointer(name), String.valueOf(e.getMessage())));
            return null;
        }
    }

    /// A whole number from 1; 0 where there is none.
    int number(String name) {
        return switch (fields.get(name)) {
            case null -> 0;
            case Long number when number > 0 && number <= Integer.MAX_VALUE -> number.intValue();
            default -> {
                wrongType(name, "a whole number from 1");
                yield 0;
            }
        };
    }

    /// A whole number from `least` to `most`.
    ///
    /// @param byDefault what a missing one means; null where it must be there
    int whole(String name, int least, int most, @Nullable Integer byDefault) {
        var given = fields.get(name);
        if (given == null && byDefault != null) {
            return byDefault;
        }
        if (given instanceof Long number && number >= least && number <= most) {
            return number.intValue();
        }
        wrongType(name, "a whole number from %d to %d".formatted(least, most));
        return least;
    }

    void wrongType(String name, String expected) {
        problems.add(
                Problem.error(
                        "wrong-type",
                        "/" + name.replace("~", "~0"),
                        "'%s' must be %s.".formatted(name, expected)));
    }

    private static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /// @throws Refusal.Invalid with everything found so far
    void check() {
        if (!problems.isEmpty()) {
            throw new Refusal.Invalid("The body has fields that can't be used.", problems);
        }
    }
}
