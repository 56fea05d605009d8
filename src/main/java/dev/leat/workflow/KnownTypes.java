package dev.leat.workflow;

import dev.leat.plugin.TaskType;
import dev.leat.workflow.expression.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The task types as one document sees them: each is looked up once.
final class KnownTypes {

    private static final int MOST_LISTED = 30;

    private final Function<String, Optional<TaskType>> find;
    private final Supplier<List<TaskType>> all;
    private final Map<String, Optional<TaskType>> found = new HashMap<>();

    KnownTypes(Function<String, Optional<TaskType>> find, Supplier<List<TaskType>> all) {
        this.find = find;
        this.all = all;
    }

    Optional<TaskType> find(String reference) {
        return found.computeIfAbsent(reference, find);
    }

    /// The type of a task; empty where it is unknown, which is told.
    Optional<TaskType> of(Place task, Report report) {
        var reference = new Fields(task).text("type", "");
        var place = task.member("type");
        if (place == null) {
            return Optional.empty();
        }
        var type = find(reference);
        if (type.isEmpty()) {
            var name = reference.replaceFirst("@.*", "");
            var versions =
                    all.get().stream()
                            .filter(known -> known.name().equals(name))
                            .map(TaskType::version)
                            .toList();
            report.error(
                    place,
                    ProblemCode.UNKNOWN_TASK_TYPE,
                    versions.isEmpty()
                            ? "There is no task type %s.".formatted(Words.quoted(name))
                            : "Task type '%s' has no version %s."
                                    .formatted(name, reference.substring(name.length() + 1)),
                    versions.isEmpty() ? hint(name) : "there is " + versionWords(versions));
        }
        return type;
    }

    private @Nullable String hint(String name) {
        var names = all.get().stream().map(TaskType::name).distinct().sorted().toList();
        var near = Nearest.hint(name, names);
        if (near != null || names.isEmpty()) {
            return near;
        }
        var listed = String.join(", ", names.stream().limit(MOST_LISTED).toList());
        return "the types are " + listed + (names.size() > MOST_LISTED ? ", …" : "");
    }

    private static String versionWords(List<Integer> versions) {
        return (versions.size() == 1 ? "version " : "versions ")
                + String.join(", ", versions.stream().sorted().map(String::valueOf).toList());
    }
}
