package dev.leat.dashboard;

import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.report.Health;
import dev.leat.engine.report.Health.Trouble;
import dev.leat.engine.report.NodeReport;
import dev.leat.engine.report.NodeReports;
import dev.leat.engine.report.PoolReport;
import dev.leat.engine.report.Pulse;
import dev.leat.plugin.PluginLoader;
import dev.leat.plugin.TaskRegistry;
import dev.leat.security.WithFormToken;
import dev.leat.store.DataDirectory;
import dev.leat.store.LogSearch;
import dev.leat.store.Membership;
import dev.leat.store.PoolStore;
import dev.leat.store.RunStore;
import dev.leat.store.WorkflowStore;
import dev.leat.task.Refusal;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// How the server itself is.
@Path("/system")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class SystemPages {

    private static final long MEGABYTE = 1 << 20;

    private static final int NODES_SHOWN = 20;
    private static final int UNPROCESSABLE = 422;

    private final MainOrchestrator orchestrator;
    private final NodeReports nodes;
    private final PoolStore pools;
    private final RunStore runs;
    private final WorkflowStore workflows;
    private final TaskRegistry types;
    private final PluginLoader plugins;
    private final Watchers watchers;
    private final Health health;
    private final Pulse pulse;
    private final Membership membership;
    private final DataDirectory data;
    private final LogSearch search;
    private final InstantSource clock;
    private final String version;
    private final String management;

    SystemPages(
            MainOrchestrator orchestrator,
            NodeReports nodes,
            PoolStore pools,
            RunStore runs,
            WorkflowStore workflows,
            TaskRegistry types,
            PluginLoader plugins,
            Watchers watchers,
            Health health,
            Pulse pulse,
            Membership membership,
            DataDirectory data,
            LogSearch search,
            InstantSource clock,
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "quarkus.management.host") String host,
            @ConfigProperty(name = "quarkus.management.port") int port) {
        this.orchestrator = orchestrator;
        this.nodes = nodes;
        this.pools = pools;
        this.runs = runs;
        this.workflows = workflows;
        this.types = types;
        this.plugins = plugins;
        this.watchers = watchers;
        this.health = health;
        this.pulse = pulse;
        this.membership = membership;
        this.data = data;
        this.search = search;
        this.clock = clock;
        this.version = version;
        this.management = "http://" + host + ":" + port;
    }

    @GET
    public TemplateInstance get() {
        return page(PoolForm.EMPTY);
    }

    @POST
    @Path("/pools")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response size(@RestForm @Nullable String pool, @RestForm @Nullable String places) {
        var form = PoolForm.of(pool, places);
        try {
            orchestrator.sizePool(form.pool, form.number());
            return back();
        } catch (Refusal.Invalid invalid) {
            return Response.status(UNPROCESSABLE)
                    .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                    .entity(page(form.with(invalid.sentence())).render())
                    .build();
        }
    }

    @POST
    @Path("/pools/{pool}/delete")
    @Consumes(MediaType.WILDCARD)
    public Response delete(@RestPath String pool) {
        orchestrator.removePool(pool);
        return back();
    }

    private static Response back() {
        return Response.seeOther(URI.create("/system")).build();
    }

    private TemplateInstance page(PoolForm form) {
        var now = clock.instant();
        var started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        var broken = plugins.plugins().stream().filter(plugin -> !plugin.usable()).count();
        return new system(
                List.of(
                        new Fact("Leat", version),
                        new Fact("Java", Runtime.version().toString()),
                        new Fact("Processors", String.valueOf(processors())),
                        new Fact("Memory in use", memory()),
                        new Fact("Database", database())),
                List.of(
                        new Fact("Tasks started, last minute", lastMinute()),
                        new Fact("Unfinished runs", String.valueOf(runs.unfinished(1_000_000))),
                        new Fact("Runs that wait", String.valueOf(runs.waiting(1_000_000))),
                        new Fact("Workflows", String.valueOf(workflows.current().size())),
                        new Fact("Task types", String.valueOf(types.types().size())),
                        new Fact("Plugins", plugins.plugins().size() + ", " + broken + " broken"),
                        new Fact("Pages being watched live", watchers.told()),
                        new Fact("Index of logs", index(search.status()))),
                nodes.latest(NODES_SHOWN),
                pools.pools().stream().map(PoolReport::of).toList(),
                form,
                health.troubles(),
                management,
                started,
                now);
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

    record Fact(String name, String value) {}

    /// What was typed to give a pool its places.
    ///
    /// @param problem why it can't be used; empty where nothing is wrong
    record PoolForm(String pool, String places, String problem) {

        static final PoolForm EMPTY = new PoolForm("", "", "");

        static PoolForm of(@Nullable String pool, @Nullable String places) {
            return new PoolForm(
                    pool == null ? "" : pool.strip(), places == null ? "" : places.strip(), "");
        }

        PoolForm with(String sentence) {
            return new PoolForm(pool, places, sentence);
        }

        /// Out of bounds for what is no number: the same refusal says what is wanted.
        int number() {
            return places.matches("\\d{1,9}") ? Integer.parseInt(places) : -1;
        }
    }

    /// @param management where health and metrics are
    record system(
            List<Fact> server,
            List<Fact> engine,
            List<NodeReport> nodes,
            List<PoolReport> pools,
            PoolForm form,
            List<Trouble> troubles,
            String management,
            Instant started,
            Instant now)
            implements TemplateInstance {}
}
