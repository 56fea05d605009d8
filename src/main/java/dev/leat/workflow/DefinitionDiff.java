package dev.leat.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What differs between two definitions in the words of workflows: which tasks are new, what they
/// wait for now, which triggers and inputs have changed.
public final class DefinitionDiff {

    private static final Map<String, String> TASKS =
            Map.of("tasks", "task", "onFailure", "task if it fails", "finally", "task at the end");
    private static final Map<String, String> NAMED =
            Map.of("vars", "variable", "outputs", "output", "labels", "label");
    private static final Set<String> LISTS = Set.of("tasks", "onFailure", "finally", "triggers");

    private final List<Difference> found = new ArrayList<>();

    private DefinitionDiff() {}

    public enum Change {
        ADDED,
        REMOVED,
        CHANGED
    }

    /// @param subject such as `task`, `trigger`, `input`, `setting`
    /// @param name its id
    /// @param detail what is so now, in words; empty where nothing is to be added
    public record Difference(Change change, String subject, String name, String detail) {}

    /// @param before the document's values, as [WorkflowLoader#document] answers them
    public static List<Difference> between(Map<String, ?> before, Map<String, ?> after) {
        var diff = new DefinitionDiff();
        for (var list : List.of("tasks", "onFailure", "finally")) {
            diff.things(
                    TASKS.getOrDefault(list, "task"),
                    byId(before.get(list)),
                    byId(after.get(list)));
        }
        diff.things("trigger", byId(before.get("triggers")), byId(after.get("triggers")));
        diff.inputs(before.get("inputs"), after.get("inputs"));
        NAMED.forEach(
                (key, word) -> diff.things(word, object(before.get(key)), object(after.get(key))));
        diff.settings(before, after);
        return List.copyOf(diff.found);
    }

    private void inputs(@Nullable Object before, @Nullable Object after) {
        var old = object(object(before).get("properties"));
        var fresh = object(object(after).get("properties"));
        things("input", old, fresh);
        var required = texts(object(before).get("required"));
        var requiredNow = texts(object(after).get("required"));
        for (var name : both(required, requiredNow)) {
            if (required.contains(name) != requiredNow.contains(name)) {
                var now = requiredNow.contains(name) ? "must be given now" : "may be left out now";
                found.add(new Difference(Change.CHANGED, "input", name, now));
            }
        }
    }

    private void settings(Map<String, ?> before, Map<String, ?> after) {
        for (var key : both(before.keySet(), after.keySet())) {
            var old = before.get(key);
            var fresh = after.get(key);
            if (LISTS.contains(key)
                    || NAMED.containsKey(key)
                    || key.equals("inputs")
                    || Objects.equals(old, fresh)) {
                continue;
            }
            found.add(
                    new Difference(
                            change(before.containsKey(key), after.containsKey(key)),
                            "setting",
                            key,
                            values(old, fresh)));
        }
    }

    private void things(String subject, Map<?, ?> before, Map<?, ?> after) {
        for (var key : both(before.keySet(), after.keySet())) {
            var old = before.get(key);
            var fresh = after.get(key);
            if (!Objects.equals(old, fresh)) {
                var change = change(before.containsKey(key), after.containsKey(key));
                var detail =
                        switch (change) {
                            case ADDED -> kind(fresh);
                            case REMOVED -> "";
                            case CHANGED -> detail(old, fresh);
                        };
                found.add(new Difference(change, subject, String.valueOf(key), detail));
            }
        }
    }

    private static Change change(boolean before, boolean after) {
        if (before && after) {
            return Change.CHANGED;
        }
        return after ? Change.ADDED : Change.REMOVED;
    }

    private static String kind(@Nullable Object thing) {
        if (!(thing instanceof Map<?, ?> map)) {
            return shown(thing);
        }
        var words = new ArrayList<String>();
        if (map.get("type") instanceof String type) {
            words.add(type);
        }
        var waits = texts(map.get("dependsOn"));
        if (!waits.isEmpty()) {
            words.add("waits for " + String.join(", ", waits));
        }
        return String.join(", ", words);
    }

    private static String detail(@Nullable Object before, @Nullable Object after) {
        if (!(before instanceof Map<?, ?> old) || !(after instanceof Map<?, ?> fresh)) {
            return values(before, after);
        }
        var words = new ArrayList<String>();
        for (var key : both(old.keySet(), fresh.keySet())) {
            if (!Objects.equals(old.get(key), fresh.get(key))) {
                words.add(key(String.valueOf(key), old.get(key), fresh.get(key)));
            }
        }
        words.removeIf(String::isEmpty);
        return String.join("; ", words);
    }

    private static String key(String key, @Nullable Object before, @Nullable Object after) {
        if (key.equals("dependsOn")) {
            return dependencies(texts(before), texts(after));
        }
        if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> fresh) {
            var names =
                    both(old.keySet(), fresh.keySet()).stream()
                            .filter(name -> !Objects.equals(old.get(name), fresh.get(name)))
                            .map(name -> key + "." + name)
                            .toList();
            return String.join(", ", names);
        }
        if (before == null) {
            return after instanceof Map || after instanceof List
                    ? key + " is new"
                    : key + " is " + shown(after);
        }
        return after == null ? "no " + key + " any more" : key + " " + values(before, after);
    }

    private static String dependencies(Set<String> before, Set<String> after) {
        var words = new ArrayList<String>();
        var more = new LinkedHashSet<>(after);
        more.removeAll(before);
        var fewer = new LinkedHashSet<>(before);
        fewer.removeAll(after);
        if (!more.isEmpty()) {
            words.add("now waits for " + String.join(", ", more));
        }
        if (!fewer.isEmpty()) {
            words.add("no longer waits for " + String.join(", ", fewer));
        }
        return String.join(", ", words);
    }

    private static String values(@Nullable Object before, @Nullable Object after) {
        var simple =
                !(before instanceof Map || before instanceof List)
                        && !(after instanceof Map || after instanceof List);
        if (!simple || before == null) {
            return after == null || !simple ? "" : shown(after);
        }
        return after == null
                ? "was " + shown(before)
                : "%s, was %s".formatted(shown(after), shown(before));
    }

    private static String shown(@Nullable Object value) {
        return value instanceof Map || value instanceof List
                ? ""
                : Words.shortened(String.valueOf(value));
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Map<String, Object> byId(@Nullable Object list) {
        var byId = new LinkedHashMap<String, Object>();
        if (list instanceof List<?> items) {
            for (var item : items) {
                if (item instanceof Map<?, ?> map && map.get("id") instanceof String id) {
                    byId.put(id, item);
                }
            }
        }
        return byId;
    }

    private static Set<String> texts(@Nullable Object value) {
        var texts = new LinkedHashSet<String>();
        if (value instanceof List<?> list) {
            list.forEach(item -> texts.add(String.valueOf(item)));
        } else if (value instanceof String text) {
            texts.add(text);
        }
        return texts;
    }

    private static <T> Set<T> both(Set<? extends T> one, Set<? extends T> other) {
        var all = new LinkedHashSet<T>(one);
        all.addAll(other);
        return all;
    }
}
