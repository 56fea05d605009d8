package dev.leat.plugin;

import dev.leat.task.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A JSON object of a manifest while it is read: answers its values by kind, and notes everything
/// that isn't as it should be instead of stopping at it.
final class Document {

    private static final int LONGEST_TEXT = 10_000;

    private final Map<?, ?> values;
    private final String pointer;
    private final List<Problem> problems;

    Document(Map<?, ?> values, String pointer, List<Problem> problems) {
        this.values = values;
        this.pointer = pointer;
        this.problems = problems;
    }

    /// Every other key is a mistake.
    void allows(Set<String> keys) {
        for (var value : values.keySet()) {
            var key = String.valueOf(value);
            if (!keys.contains(key) && !key.startsWith("x-")) {
                problems.add(
                        Problem.error(
                                        "unknown-key",
                                        at(key),
                                        "'%s' is no key of a plugin manifest here.".formatted(key))
                                .hinting(suggestion(key, keys)));
            }
        }
    }

    @Nullable Object value(String key) {
        return values.get(key);
    }

    String text(String key, String otherwise) {
        return values.containsKey(key) ? text(key) : otherwise;
    }

    /// Empty, with a problem, where it is missing or something else.
    String text(String key) {
        if (values.get(key) instanceof String text) {
            if (text.length() <= LONGEST_TEXT) {
                return text;
            }
            wrong(
                    "too-long",
                    key,
                    "has %d characters; %d are allowed",
                    text.length(),
                    LONGEST_TEXT);
            return "";
        }
        wrongKind(key, "a text");
        return "";
    }

    String text(String key, Pattern pattern, String rule) {
        var text = text(key);
        if (values.get(key) instanceof String && !pattern.matcher(text).matches()) {
            wrong("invalid-value", key, "is '%s', but must be %s", text, rule);
        }
        return text;
    }

    int wholeNumber(String key, int otherwise) {
        if (!values.containsKey(key)) {
            return otherwise;
        }
        if (values.get(key) instanceof Long number && number >= 1 && number <= 999_999_999) {
            return number.intValue();
        }
        wrongKind(key, "a whole number from 1");
        return otherwise;
    }

    Map<String, @Nullable Object> object(String key) {
        if (!values.containsKey(key)) {
            return Map.of();
        }
        if (values.get(key) instanceof Map<?, ?> map) {
            return copy(map);
        }
        wrongKind(key, "an object");
        return Map.of();
    }

    Map<String, String> texts(String key) {
        var texts = new LinkedHashMap<String, String>();
        object(key)
                .forEach(
                        (name, value) -> {
                            if (value instanceof String text) {
                                texts.put(name, text);
                            } else {
                                wrongKind(key + "/" + escape(name), "a text");
                            }
                        });
        return texts;
    }

    List<?> list(String key) {
        if (!values.containsKey(key)) {
            return List.of();
        }
        if (values.get(key) instanceof List<?> list) {
            return list;
        }
        wrongKind(key, "a list");
        return List.of();
    }

    List<String> textList(String key) {
        var texts = new ArrayList<String>();
        var list = list(key);
        for (int at = 0; at < list.size(); at++) {
            if (list.get(at) instanceof String text) {
                texts.add(text);
            } else {
                wrong("wrong-kind", key + "/" + at, "must be a text");
            }
        }
        return texts;
    }

    /// @param sentence what is wrong with the value, to follow its name
    void wrong(String code, String key, String sentence, Object... facts) {
        problems.add(
                Problem.error(
                        code, at(key), "'%s' ".formatted(key) + sentence.formatted(facts) + "."));
    }

    String at(String key) {
        return pointer + "/" + key;
    }

    static @Nullable String suggestion(String word, Set<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(other -> distance(word, other)))
                .filter(other -> distance(word, other) <= Math.max(2, word.length() / 3))
                .map(other -> "did you mean '" + other + "'?")
                .orElse(null);
    }

    private void wrongKind(String key, String kind) {
        if (values.containsKey(key) || key.contains("/")) {
            wrong("wrong-kind", key, "must be %s", kind);
        } else {
            problems.add(Problem.error("missing-key", pointer, "'%s' is missing.".formatted(key)));
        }
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, value) -> copy.put(String.valueOf(name), value));
        return Collections.unmodifiableMap(copy);
    }

    private static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (int at = 0; at <= other.length(); at++) {
            row[at] = at;
        }
        for (int line = 1; line <= one.length(); line++) {
            int corner = row[0];
            row[0] = line;
            for (int at = 1; at <= other.length(); at++) {
                int replaced = corner + (one.charAt(line - 1) == other.charAt(at - 1) ? 0 : 1);
                corner = row[at];
                row[at] = Math.min(replaced, Math.min(row[at], row[at - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
