package dev.leat.cli;

import dev.leat.plugin.PluginLoader;
import dev.leat.plugin.PluginLoader.Plugin;
import dev.leat.plugin.TaskRegistry;
import dev.leat.plugin.TaskType;
import dev.leat.store.Json;
import jakarta.enterprise.context.Dependent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `leat plugins`.
@Dependent
class PluginsVerb {

    private final TaskRegistry registry;
    private final PluginLoader loader;

    PluginsVerb(TaskRegistry registry, PluginLoader loader) {
        this.registry = registry;
        this.loader = loader;
    }

    int perform(PluginsCommand command) {
        if (command.json) {
            System.out.println(Json.writePretty(json()));
            return Exit.SUCCESS;
        }
        registry.types().stream()
                .map(TaskType::origin)
                .distinct()
                .forEach(origin -> print(origin, registry.types()));
        loader.plugins().stream().filter(plugin -> !plugin.usable()).forEach(PluginsVerb::broken);
        return Exit.SUCCESS;
    }

    private static void print(String origin, List<TaskType> types) {
        System.out.println(origin);
        var own = types.stream().filter(type -> type.origin().equals(origin)).toList();
        int widest = own.stream().mapToInt(type -> type.reference().length()).max().orElse(0);
        for (var type : own) {
            var gap = " ".repeat(widest - type.reference().length());
            System.out.println(
                    "  " + type.reference() + gap + "  " + Terminal.harmless(type.title()));
        }
        System.out.println();
    }

    private static void broken(Plugin plugin) {
        System.out.println(plugin.name() + " can't be used:");
        plugin.problems()
                .forEach(
                        problem ->
                                System.out.println("  " + Terminal.harmless(problem.toString())));
        System.out.println();
    }

    private Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("taskTypes", registry.types().stream().map(PluginsVerb::typeJson).toList());
        json.put("plugins", loader.plugins().stream().map(PluginsVerb::pluginJson).toList());
        return json;
    }

    private static Map<String, @Nullable Object> typeJson(TaskType type) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", type.name());
        json.put("version", type.version());
        json.put("title", type.title());
        json.put("description", type.description());
        json.put("origin", type.origin());
        json.put("execution", type.execution());
        json.put("parameters", type.parameters());
        json.put("output", type.output());
        return json;
    }

    private static Map<String, @Nullable Object> pluginJson(Plugin plugin) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", plugin.name());
        json.put("version", plugin.version());
        json.put("title", plugin.title());
        json.put("directory", plugin.directory());
        json.put("usable", plugin.usable());
        json.put("taskTypes", plugin.types().stream().map(TaskType::reference).toList());
        json.put("problems", plugin.problems().stream().map(Object::toString).toList());
        return json;
    }
}
