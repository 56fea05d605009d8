package dev.leat.testing;

import dev.leat.plugin.TaskType;
import dev.leat.plugin.TaskTypes;
import java.util.List;
import java.util.Optional;

/// The metadata of the built-in task types, without anything that could perform them.
public final class BuiltInTypes {

    /// In the order of the registry.
    public static final List<String> NAMES =
            List.of(
                    "approval",
                    "fail",
                    "http",
                    "log",
                    "noop",
                    "shell",
                    "signal",
                    "subflow",
                    "switch",
                    "template",
                    "transform",
                    "wait",
                    "waitFor");

    private static final List<TaskType> ALL =
            NAMES.stream().map(name -> TaskTypes.builtIn(name, TaskTypes.JAVA)).toList();

    private BuiltInTypes() {}

    public static List<TaskType> all() {
        return ALL;
    }

    public static Optional<TaskType> find(String reference) {
        return ALL.stream()
                .filter(type -> type.name().equals(reference) || type.reference().equals(reference))
                .findFirst();
    }
}
