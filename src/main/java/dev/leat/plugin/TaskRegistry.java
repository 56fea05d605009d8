package dev.leat.plugin;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Which task types exist. Built-in ones are there from the start; those of plugins come and go
/// with the plugin directory.
///
/// Readers see one whole state at a time and never wait.
@ApplicationScoped
public class TaskRegistry {

    private static final Pattern REFERENCE = Pattern.compile("([^@]+)(?:@([1-9][0-9]{0,8}))?");

    private final List<RegisteredTask> builtIn;
    private volatile State state;

    TaskRegistry(@All List<BuiltIn> builtIns) {
        this.builtIn =
                builtIns.stream().map(task -> new RegisteredTask(task.type(), task)).toList();
        this.state = State.of(1, builtIn);
    }

    /// @param reference `http` for the newest version, or `http@2`
    public Optional<RegisteredTask> find(String reference) {
        var parts = REFERENCE.matcher(reference);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var versions = state.byName.get(parts.group(1));
        if (versions == null) {
            return Optional.empty();
        }
        var version = parts.group(2);
        return version == null
                ? Optional.of(versions.lastEntry().getValue())
                : Optional.ofNullable(versions.get(Integer.parseInt(version)));
    }

    /// All types in all versions, by name and then version.
    public List<TaskType> types() {
        return state.types;
    }

    /// Grows with each change, so that what was made from the types can be kept until then.
    public long generation() {
        return state.generation;
    }

    /// Whether a name is taken by a built-in type, which no plugin may then use.
    boolean isBuiltIn(String name) {
        return builtIn.stream().anyMatch(task -> task.type().name().equals(name));
    }

    /// Puts these in the place of all that plugins had brought before.
    synchronized void replacePlugins(Collection<RegisteredTask> ofPlugins) {
        var all = new ArrayList<>(builtIn);
        all.addAll(ofPlugins);
        state = State.of(state.generation + 1, all);
    }

    private record State(
            long generation,
            Map<String, TreeMap<Integer, RegisteredTask>> byName,
            List<TaskType> types) {

        static State of(long generation, Collection<RegisteredTask> tasks) {
            var byName = new HashMap<String, TreeMap<Integer, RegisteredTask>>();
            for (var task : tasks) {
                var before =
                        byName.computeIfAbsent(task.type().name(), _ -> new TreeMap<>())
                                .putIfAbsent(task.type().version(), task);
                if (before != null) {
                    throw new IllegalStateException(
                            "Two task types are called " + task.type().reference());
                }
            }
            var types =
                    tasks.stream()
                            .map(RegisteredTask::type)
                            .sorted(
                                    Comparator.comparing(TaskType::name)
                                            .thenComparing(TaskType::version))
                            .toList();
            return new State(generation, byName, types);
        }
    }
}
