package dev.leat.plugin;

import dev.leat.plugin.PluginFolder.Found;
import dev.leat.plugin.process.ProcessLauncher;
import dev.leat.task.Problem;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Scans the plugin directory, at start and whenever something in it changes, and keeps the
/// [TaskRegistry] in step. What is wrong with one plugin is that plugin's affair.
@ApplicationScoped
public class PluginLoader {

    private static final Logger LOG = Logger.getLogger(PluginLoader.class);

    /// Before anything that may look for a task type.
    private static final int EARLY = 1_000;

    private final PluginConfig config;
    private final TaskRegistry registry;
    private final ProcessLauncher launcher;
    private volatile List<Found> found = List.of();
    private @Nullable FolderWatch watch;

    PluginLoader(PluginConfig config, TaskRegistry registry, ProcessLauncher launcher) {
        this.config = config;
        this.registry = registry;
        this.launcher = launcher;
    }

    /// All plugins found, by name; the broken ones too, with what is wrong with them.
    public List<Plugin> plugins() {
        return found.stream().map(Found::plugin).toList();
    }

    void start(@Observes @Priority(EARLY) StartupEvent event) {
        start();
    }

    synchronized void start() {
        scan();
        try {
            watch = FolderWatch.start(config.directory(), config.poll(), this::scan);
        } catch (IOException e) {
            LOG.warnf(
                    "Plugins aren't watched, a new one needs a restart: %s can't be watched: %s",
                    config.directory(), e.getMessage());
        }
    }

    @PreDestroy
    synchronized void stop() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    synchronized void scan() {
        var now = withoutClashes(read(config.directory()));
        if (now.equals(found)) {
            return;
        }
        tell(now);
        registry.replacePlugins(now.stream().flatMap(one -> tasks(one).stream()).toList());
        found = now;
    }

    private static List<Found> read(Path directory) {
        var found = new ArrayList<Found>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (var folders = Files.newDirectoryStream(directory, PluginLoader::isPlugin)) {
            var root = directory.toRealPath();
            for (var folder : folders) {
                found.add(PluginFolder.read(root, folder));
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.errorf("The plugin directory %s can't be read: %s", directory, e.getMessage());
        }
        found.sort(Comparator.comparing(one -> one.plugin().name()));
        return found;
    }

    private static boolean isPlugin(Path path) {
        return Files.isDirectory(path) && !path.getFileName().toString().startsWith(".");
    }

    /// A name belongs to one plugin, and to whom it belonged before, so that a plugin that is
    /// dropped in never takes another's. No name of a built-in type can be had.
    private List<Found> withoutClashes(List<Found> all) {
        var before = found.stream().collect(Collectors.toMap(Found::name, Found::usable));
        var owners = new HashMap<String, String>();
        var answer = new ArrayList<Found>();
        all.stream()
                .sorted(Comparator.comparing(one -> !before.getOrDefault(one.name(), false)))
                .forEach(one -> answer.add(claim(one, owners)));
        answer.sort(Comparator.comparing(Found::name));
        return answer;
    }

    private Found claim(Found one, Map<String, String> owners) {
        var problems = new ArrayList<>(one.plugin().problems());
        var types = one.plugin().types();
        for (int at = 0; at < types.size(); at++) {
            var name = types.get(at).name();
            var owner = registry.isBuiltIn(name) ? "Leat itself" : owners.get(name);
            if (owner != null) {
                problems.add(
                        Problem.error(
                                "type-taken",
                                "/taskTypes/" + at + "/type",
                                "The task type '%s' belongs to %s.".formatted(name, owner)));
            }
        }
        if (!problems.isEmpty()) {
            return one.broken(problems);
        }
        types.forEach(type -> owners.put(type.name(), "plugin '" + one.name() + "'"));
        return one;
    }

    private List<RegisteredTask> tasks(Found one) {
        var environment = new LinkedHashMap<String, String>();
        for (var name : one.passed()) {
            Optional.ofNullable(System.getenv(name)).ifPresent(it -> environment.put(name, it));
        }
        environment.put("LEAT_PLUGIN_DIRECTORY", one.realFolder().toString());
        return one.plugin().types().stream()
                .map(
                        type ->
                                new RegisteredTask(
                                        type,
                                        new PluginProcess(
                                                launcher,
                                                one.name(),
                                                type,
                                                one.command(),
                                                environment)))
                .toList();
    }

    private void tell(List<Found> now) {
        var before = found.stream().collect(Collectors.toMap(Found::name, Found::plugin));
        for (var one : now) {
            var plugin = one.plugin();
            if (plugin.equals(before.remove(plugin.name()))) {
                continue;
            }
            if (plugin.usable()) {
                var types = plugin.types().stream().map(TaskType::reference).toList();
                LOG.infof("Plugin %s %s: %s", plugin.name(), plugin.version(), types);
            } else {
                LOG.warnf("Plugin %s can't be used: %s", plugin.name(), plugin.problems());
            }
        }
        before.keySet().forEach(name -> LOG.infof("Plugin %s is gone", name));
    }

    /// @param name the folder's name
    /// @param version of the plugin, as its manifest says; empty where the manifest can't be read
    /// @param types that it brings; none where it is broken
    /// @param links to show, by label: `http` and `https` addresses only
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
