package dev.leat.dashboard;

import dev.leat.engine.report.Pulse;
import dev.leat.plugin.PluginLoader;
import dev.leat.plugin.TaskRegistry;
import dev.leat.store.DataDirectory;
import dev.leat.store.LogSearch;
import dev.leat.store.Membership;
import dev.leat.store.RunStore;
import dev.leat.store.WorkflowStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What the server is, and what it has to do, in numbers.
@ApplicationScoped
class SystemFacts {

    private static final long MEGABYTE = 1 << 20;

    private final RunStore runs;
    private final WorkflowStore workflows;
    private final TaskRegistry types;
    private final PluginLoader plugins;
    private final Watchers watchers;
    private final Pulse pulse;
    private final Membership membership;
    private final DataDirectory data;
    private final LogSearch search;
    private final String version;

    SystemFacts(
            RunStore runs,
            WorkflowStore workflows,
            TaskRegistry types,
            PluginLoader plugins,
            Watchers watchers,
            Pulse pulse,
            Membership membership,
            DataDirectory data,
            LogSearch search,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.runs = runs;
        this.workflows = workflows;
        this.types = types;
        this.plugins = plugins;
        this.watchers = watchers;
        this.pulse = pulse;
        this.membership = membership;
        this.data = data;
        this.search = search;
        this.version = version;
    }

    record Fact(String name, String value) {}

    List<Fact> server() {
        return List.of(
                new Fact("Leat", version),
                new Fact("Java", Runtime.version().toString()),
                new Fact("Processors", String.valueOf(processors())),
                new Fact("Memory in use", memory()),
                new Fact("Database", database()));
    }

    List<Fact> engine() {
        var broken = plugins.plugins().stream().filter(plugin -> !plugin.usable()).count();
        return List.of(
                new Fact("Tasks started, last minute", lastMinute()),
                new Fact("Unfinished runs", String.valueOf(runs.unfinished(1_000_000))),
                new Fact("Runs that wait", String.valueOf(runs.waiting(1_000_000))),
                new Fact("Workflows", String.valueOf(workflows.current().size())),
                new Fact("Task types", String.valueOf(types.types().size())),
                new Fact("Plugins", plugins.plugins().size() + ", " + broken + " broken"),
                new Fact("Pages being watched live", watchers.told()),
                new Fact("Index of logs", index(search.status())));
    }

    private String lastMinute() {
        return String.format(Locale.ROOT, "%,d here", pulse.started().getLast());
    }

    private String database() {
        if (membership.shared()) {
            return "PostgreSQL";
        }
        var file = data.path().resolve("leat.db").toFile();
        return String.format(Locale.ROOT, "SQLite, %,d MB", file.length() / MEGABYTE);
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static String memory() {
        var runtime = Runtime.getRuntime();
        var used = (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
        return String.format(
                Locale.ROOT, "%,d of at most %,d MB", used, runtime.maxMemory() / MEGABYTE);
    }

    private static String index(LogSearch.Status status) {
        if (!status.enabled()) {
            return "turned off";
        }
        if (status.trouble() != null) {
            return "can't be kept: " + status.trouble();
        }
        var size = String.format(Locale.ROOT, "%,.1f MB", status.bytes() / (double) MEGABYTE);
        return status.behind() == 0 ? size : size + ", about " + status.behind() + " logs to go";
    }
}
