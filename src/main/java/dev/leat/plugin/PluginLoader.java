package dev.leat.plugin;

import dev.leat.task.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/// Scans the plugin directory, at start and whenever something in it changes, and keeps the
// [TaskRegistry] in step.
@ApplicationScoped
public class PluginLoader {

    /// All plugins found, by name; the broken ones too, with what is wrong with them.
    public List<Plugin> plugins() {
        throw new UnsupportedOperationException("not yet");
    }

    /// @param name the folder's name
    /// @param version of the plugin, as its manifest says; empty where the manifest can't be read
    /// @param types that it brings; none where it is broken
    /// @param problems why it is broken; empty where it is fine
    public record Plugin(
            String name,
            String version,
            String title,
            String description,
            String directory,
            List<TaskType> types,
            Map<String, String> links,
            List<Problem> problems) {
        public Plugin {
            types = List.copyOf(types);
            links = Map.copyOf(links);
            problems = List.copyOf(problems);
        }

        public boolean usable() {
            return problems.stream().noneMatch(Problem::isError);
        }
    }
}
