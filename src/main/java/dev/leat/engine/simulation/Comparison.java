package dev.leat.engine.simulation;

import com.google.re2j.Pattern;
import dev.leat.store.Json;
import dev.leat.task.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds values against what is expected of them: equal as JSON is, unless an object of nothing but
/// the words below stands for a looser rule.
final class Comparison {

    private static final Set<String> RULES =
            Set.of("equals", "partial", "contains", "matches", "atLeast", "atMost");
    private static final int MOST = 10;

    private final List<Difference> found = new ArrayList<>();

    List<Difference> differences() {
        return found.size() <= MOST ? found : found.subList(0, MOST);
    }

    void add(Difference difference) {
        found.add(difference);
    }

    /// @param what how a sentence speaks of the value
    void value(String pointer, String what, @Nullable Object wanted, @Nullable Object actual) {
        value(pointer, what, wanted, actual, false);
    }

    private void value(
            String pointer,
            String what,
            @Nullable Object wanted,
            @Nullable Object actual,
            boolean partial) {
        if (wanted instanceof Map<?, ?> map && isRule(map)) {
            map.forEach((word, limit) -> rule(pointer, what, String.valueOf(word), limit, actual));
        } else if (wanted instanceof Map<?, ?> map && actual instanceof Map<?, ?> members) {
            members(pointer, what, map, members, partial);
        } else if (wanted instanceof List<?> list && actual instanceof List<?> items) {
            items(pointer, what, list, items, partial);
        } else if (!same(wanted, actual)) {
            found.add(Difference.of(pointer, what + " is another", wanted, actual));
        }
    }

    private static boolean isRule(Map<?, ?> map) {
        return !map.isEmpty() && RULES.containsAll(map.keySet());
    }

    private void members(
            String pointer, String what, Map<?, ?> wanted, Map<?, ?> actual, boolean partial) {
        for (var entry : wanted.entrySet()) {
            var name = String.valueOf(entry.getKey());
            var at = pointer + "/" + escaped(name);
            var who = what + "." + name;
            if (actual.containsKey(name)) {
                value(at, who, entry.getValue(), actual.get(name), partial);
            } else {
                found.add(Difference.of(at, who + " isn't there", entry.getValue(), actual));
            }
        }
        if (!partial) {
            var more = new LinkedHashMap<Object, @Nullable Object>(actual);
            more.keySet().removeAll(wanted.keySet());
            if (!more.isEmpty()) {
                found.add(
                        Difference.of(pointer, what + " has more than that", wanted, actual)
                                .hinting("{\"partial\": {…}} allows other members"));
            }
        }
    }

    private void items(
            String pointer, String what, List<?> wanted, List<?> actual, boolean partial) {
        if (wanted.size() != actual.size()) {
            var sentence = "%s has %d items, not %d".formatted(what, actual.size(), wanted.size());
            found.add(Difference.of(pointer, sentence, wanted, actual));
            return;
        }
        for (int index = 0; index < wanted.size(); index++) {
            value(
                    pointer + "/" + index,
                    what + "[" + index + "]",
                    wanted.get(index),
                    actual.get(index),
                    partial);
        }
    }

    private void rule(
            String pointer,
            String what,
            String word,
            @Nullable Object limit,
            @Nullable Object actual) {
        var at = pointer + "/" + word;
        switch (word) {
            case "equals" -> {
                if (!same(limit, actual)) {
                    found.add(Difference.of(at, what + " is another", limit, actual));
                }
            }
            case "partial" -> value(at, what, limit, actual, true);
            case "contains" -> {
                if (!contains(limit, actual)) {
                    found.add(Difference.of(at, what + " doesn't hold that", limit, actual));
                }
            }
            case "matches" -> {
                if (!(actual instanceof String text && limit instanceof String pattern)
                        || !Pattern.compile(pattern).matcher(text).find()) {
                    found.add(Difference.of(at, what + " doesn't match", limit, actual));
                }
            }
            default -> {
                var least = word.equals("atLeast");
                if (!(actual instanceof Number number && limit instanceof Number bound)
                        || (least
                                ? number.doubleValue() < bound.doubleValue()
                                : number.doubleValue() > bound.doubleValue())) {
                    var sentence = what + (least ? " is less" : " is more");
                    found.add(Difference.of(at, sentence, limit, actual));
                }
            }
        }
    }

    private static boolean contains(@Nullable Object part, @Nullable Object whole) {
        return switch (whole) {
            case String text -> part instanceof String some && text.contains(some);
            case List<?> list -> list.stream().anyMatch(item -> same(part, item));
            case Map<?, ?> map -> part instanceof String key && map.containsKey(key);
            case null, default -> false;
        };
    }

    /// JSON has one kind of number.
    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number a && other instanceof Number b) {
            return a instanceof Long && b instanceof Long
                    ? a.equals(b)
                    : a.doubleValue() == b.doubleValue();
        }
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet())
                    && a.entrySet().stream()
                            .allMatch(entry -> same(entry.getValue(), b.get(entry.getKey())));
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int index = 0; index < a.size(); index++) {
                if (!same(a.get(index), b.get(index))) {
                    return false;
                }
            }
            return true;
        }
        return Objects.equals(one, other);
    }

    /// A text, or an object that says what is to be in it.
    void text(String pointer, String what, @Nullable Object wanted, @Nullable String actual) {
        value(pointer, what, wanted, actual);
    }

    /// A duration, or an object with its bounds.
    void time(String pointer, String what, @Nullable Object wanted, @Nullable Duration actual) {
        var shown = actual == null ? null : Durations.text(actual);
        if (actual == null) {
            found.add(Difference.of(pointer, what + " isn't there", wanted, null));
        } else if (wanted instanceof Map<?, ?> bounds) {
            bounds.forEach(
                    (word, limit) -> {
                        var compared = millis(actual).compareTo(parsed(limit));
                        if (word.equals("atLeast") ? compared < 0 : compared > 0) {
                            found.add(
                                    Difference.of(
                                            pointer + "/" + word,
                                            what + (compared < 0 ? " is shorter" : " is longer"),
                                            limit,
                                            shown));
                        }
                    });
        } else if (!millis(actual).equals(parsed(wanted))) {
            found.add(Difference.of(pointer, what + " is another", wanted, shown));
        }
    }

    /// No one writes parts of a millisecond, which varied delays have.
    private static Duration millis(Duration duration) {
        return duration.truncatedTo(ChronoUnit.MILLIS);
    }

    private static Duration parsed(@Nullable Object text) {
        return Durations.parse(text instanceof String written ? written : Json.write(text));
    }

    static String escaped(String step) {
        return step.replace("~", "~0").replace("/", "~1");
    }
}
