package dev.leat.dashboard;

import dev.leat.dashboard.SystemFacts.Fact;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.report.Health;
import dev.leat.engine.report.Health.Trouble;
import dev.leat.engine.report.NodeReport;
import dev.leat.engine.report.NodeReports;
import dev.leat.engine.report.PoolReport;
import dev.leat.security.WithFormToken;
import dev.leat.store.PoolStore;
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

    private static final int NODES_SHOWN = 20;

    private final MainOrchestrator orchestrator;
    private final NodeReports nodes;
    private final PoolStore pools;
    private final SystemFacts facts;
    private final Health health;
    private final InstantSource clock;
    private final String management;

    SystemPages(
            MainOrchestrator orchestrator,
            NodeReports nodes,
            PoolStore pools,
            SystemFacts facts,
            Health health,
            InstantSource clock,
            @ConfigProperty(name = "quarkus.management.host") String host,
            @ConfigProperty(name = "quarkus.management.port") int port) {
        this.orchestrator = orchestrator;
        this.nodes = nodes;
        this.pools = pools;
        this.facts = facts;
        this.health = health;
        this.clock = clock;
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
            return Answer.of(Answer.UNPROCESSABLE, page(form.with(invalid.sentence())));
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
        return new system(
                facts.server(),
                facts.engine(),
                nodes.latest(NODES_SHOWN),
                pools.pools().stream().map(PoolReport::of).toList(),
                form,
                health.troubles(),
                management,
                started,
                now);
    }

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
