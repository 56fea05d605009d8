package dev.leat.plugin.builtin;

import dev.leat.plugin.BuiltIn;
import dev.leat.plugin.TaskType;
import dev.leat.plugin.TaskTypes;
import dev.leat.task.Outcome;
import dev.leat.task.TaskContext;
import dev.leat.task.TaskError;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides which branch is taken. The engine skips the tasks of the others.
@Singleton
class SwitchTask implements BuiltIn {

    private final TaskType type = TaskTypes.builtIn("switch", TaskTypes.JAVA);

    @Override
    public TaskType type() {
        return type;
    }

    @Override
    public Outcome perform(TaskContext context) {
        var parameters = context.parameters();
        var value = parameters.get("value");
        var cases = parameters.get("cases") instanceof List<?> list ? list : List.of();
        for (int number = 0; number < cases.size(); number++) {
            if (cases.get(number) instanceof Map<?, ?> each && fits(each, value)) {
                var name = each.get("name");
                return taken(name == null ? String.valueOf(number) : name, each.get("then"));
            }
        }
        if (parameters.containsKey("default")) {
            return taken("default", parameters.get("default"));
        }
        return Outcome.failed(
                TaskError.permanent(
                        "no-case",
                        "no case fits the value " + value + ", and there is no default"));
    }

    private static boolean fits(Map<?, ?> each, @Nullable Object value) {
        if (each.containsKey("when")) {
            return Boolean.TRUE.equals(each.get("when"));
        }
        var wanted = each.get("is");
        return same(wanted, value)
                || wanted instanceof List<?> list
                        && list.stream().anyMatch(one -> same(one, value));
    }

    /// JSON has one kind of number.
    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number first && other instanceof Number second) {
            return first.doubleValue() == second.doubleValue();
        }
        return one == null ? other == null : one.equals(other);
    }

    private static Outcome taken(Object name, @Nullable Object tasks) {
        var output = new LinkedHashMap<String, @Nullable Object>();
        output.put("case", name.toString());
        output.put("tasks", tasks instanceof List<?> list ? list : List.of());
        return Outcome.succeeded(output);
    }
}
