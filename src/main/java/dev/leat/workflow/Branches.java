package dev.leat.workflow;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The branches of a `switch`: which of the tasks that depend on it each of its cases starts. Those
/// of the other cases are skipped.
public final class Branches {

    public static final String TYPE = "switch";

    private Branches() {}

    /// Whether a task is a `switch`, of whatever version.
    public static boolean isSwitch(String type) {
        return type.equals(TYPE) || type.startsWith(TYPE + "@");
    }

    /// All tasks that some branch of it names; none where it is no `switch`.
    public static Set<String> of(TaskSpec task) {
        return isSwitch(task.type()) ? named(task.with().source()) : Set.of();
    }

    /// The tasks that its output says to start.
    public static Set<String> chosen(@Nullable Object output) {
        var chosen = new LinkedHashSet<String>();
        if (output instanceof Map<?, ?> map) {
            addTexts(map.get("tasks"), chosen);
        }
        return chosen;
    }

    /// The name of the case that it took.
    public static String caseOf(@Nullable Object output) {
        return output instanceof Map<?, ?> map ? String.valueOf(map.get("case")) : "";
    }

    private static Set<String> named(@Nullable Object with) {
        var named = new LinkedHashSet<String>();
        if (with instanceof Map<?, ?> map) {
            addTexts(map.get("default"), named);
            if (map.get("cases") instanceof List<?> cases) {
                for (var each : cases) {
                    if (each instanceof Map<?, ?> one) {
                        addTexts(one.get("then"), named);
                    }
                }
            }
        }
        return named;
    }

    private static void addTexts(@Nullable Object list, Set<String> to) {
        if (list instanceof List<?> names) {
            names.forEach(
                    name -> {
                        if (name instanceof String text) {
                            to.add(text);
                        }
                    });
        }
    }
}
