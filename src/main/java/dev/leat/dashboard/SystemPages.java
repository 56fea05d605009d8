package dev.leat.dashboard;

import dev.leat.engine.report.NodeReport;
import dev.leat.engine.report.NodeReports;
import dev.leat.plugin.PluginLoader;
import dev.leat.plugin.TaskRegistry;
import dev.leat.store.RunStore;
import dev.leat.store.WorkflowStore;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// How the server itself is.
@Path("/system")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class SystemPages {

    private static final long MEGABYTE = 1 << 20;

    private static final int NODES_SHOWN = 20;

    private final NodeReports nodes;
    private final RunStore runs;
    private final WorkflowStore workflows;
    private final TaskRegistry types;
    private final PluginLoader plugins;
    private final Watchers watchers;
    private final InstantSource clock;
    private final String version;
    private final String management;

    SystemPages(
            NodeReports nodes,
            RunStore runs,
            WorkflowStore workflows,
            TaskRegistry types,
            PluginLoader plugins,
            Watchers watchers,
            InstantSource clock,
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "quarkus.management.host") String host,
            @ConfigProperty(name = "quarkus.management.port") int port) {
        this.nodes = nodes;
        this.runs = runs;
        this.workflows = workflows;
        this.types = types;
        this.plugins = plugins;
        this.watchers = watchers;
        this.clock = clock;
        this.version = version;
        this.management = "http://" + host + ":" + port;
    }

    @GET
    public TemplateInstance get() {
        var now = clock.instant();
        var started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        var broken = plugins.plugins().stream().filter(plugin -> !plugin.usable()).count();
        return new system(
                List.of(
                        new Fact("Leat", version),
                        new Fact("Java", Runtime.version().toString()),
                        new Fact("Processors", String.valueOf(processors())),
                        new Fact("Memory in use", memory())),
                List.of(
                        new Fact("Unfinished runs", String.valueOf(runs.unfinished(1_000_000))),
                        new Fact("Workflows", String.valueOf(workflows.current().size())),
                        new Fact("Task types", String.valueOf(types.types().size())),
                        new Fact("Plugins", plugins.plugins().size() + ", " + broken + " broken"),
                        new Fact("Pages being watched live", watchers.told())),
                nodes.latest(NODES_SHOWN),
                broken > 0,
                management,
                started,
                now);
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

    record Fact(String name, String value) {}

    /// @param management where health and metrics are
    record system(
            List<Fact> server,
            List<Fact> engine,
            List<NodeReport> nodes,
            boolean broken,
            String management,
            Instant started,
            Instant now)
            implements TemplateInstance {}
}
