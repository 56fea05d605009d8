package dev.leat.workflow.expression;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `value.name` and `has(value.name)` do.
final class Fields {

    private Fields() {}

    /// @param path of the value as written; empty where it has none
    static @Nullable Object get(@Nullable Object value, String name, String path) {
        return switch (value) {
            case Map<?, ?> map -> {
                var found = map.get(name);
                if (found == null && !map.containsKey(name)) {
                    throw missing(map, name, path);
                }
                yield Values.read(found);
            }
            case Maybe maybe -> ofMaybe(maybe, name);
            case null, default ->
                    throw Failure.because(
                            "%s is %s and has no '%s'"
                                    .formatted(subject(path), TypeName.withArticle(value), name));
        };
    }

    static Failure missing(Map<?, ?> map, String name, String path) {
        var known = map.keySet().stream().limit(200).map(String::valueOf).toList();
        var hint = Nearest.hint(name, known);
        return Failure.because(
                "no '" + name + "' in " + subject(path) + (hint == null ? "" : " (" + hint + ")"));
    }

    private static String subject(String path) {
        return path.isEmpty() ? "the value" : path;
    }

    private static Maybe ofMaybe(Maybe maybe, String name) {
        return maybe.value() instanceof Map<?, ?> map && map.containsKey(name)
                ? Maybe.of(Values.read(map.get(name)))
                : Maybe.NONE;
    }

    static boolean has(@Nullable Object value, String name) {
        return switch (value) {
            case Map<?, ?> map -> map.containsKey(name);
            case Maybe maybe -> maybe.value() instanceof Map<?, ?> map && map.containsKey(name);
            case null -> false;
            default -> throw Failure.because(TypeName.plain(value) + " has no fields");
        };
    }
}
