package dev.leat.dashboard;

import dev.leat.engine.firing.Backfills;
import dev.leat.engine.report.BackfillReport;
import dev.leat.engine.report.FireReport;
import dev.leat.engine.report.TriggerReports;
import dev.leat.security.WithFormToken;
import dev.leat.store.Backfill;
import dev.leat.store.Ids;
import dev.leat.store.TriggerStore.Filter;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// How far a backfill is, and the question whether to cancel it.
@Path("/backfills/{backfill}")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class BackfillPages {

    private static final int FIRES = 100;

    private final TriggerReports reports;
    private final Backfills backfills;
    private final InstantSource clock;

    BackfillPages(TriggerReports reports, Backfills backfills, InstantSource clock) {
        this.reports = reports;
        this.backfills = backfills;
        this.clock = clock;
    }

    @GET
    public TemplateInstance get(@RestPath String backfill) {
        var report = reports.backfill(backfill);
        var filter = new Filter(null, null, null, Ids.parse(report.id()));
        return new progress(
                report,
                report.state() == Backfill.State.RUNNING,
                reports.fires(filter, Long.MAX_VALUE, FIRES),
                clock.instant());
    }

    @GET
    @Path("/cancel")
    public TemplateInstance askCancel(@RestPath String backfill) {
        return new cancel(reports.backfill(backfill));
    }

    @POST
    @Path("/cancel")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response cancel(
            @RestPath String backfill,
            @RestForm @Nullable String runs,
            @RestForm @Nullable String why) {
        var report = reports.backfill(backfill);
        backfills.cancel(Ids.parse(report.id()), "yes".equals(runs), Asker.because(why));
        return Response.seeOther(URI.create("/backfills/" + report.id())).build();
    }

    record progress(BackfillReport backfill, boolean going, List<FireReport> fires, Instant now)
            implements TemplateInstance {}

    record cancel(BackfillReport backfill) implements TemplateInstance {}
}
