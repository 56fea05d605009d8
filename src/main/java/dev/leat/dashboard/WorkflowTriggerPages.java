package dev.leat.dashboard;

import dev.leat.engine.firing.Backfills;
import dev.leat.engine.firing.TriggerSteering;
import dev.leat.engine.report.BackfillReport;
import dev.leat.engine.report.Moment;
import dev.leat.engine.report.TriggerReport;
import dev.leat.engine.report.TriggerReports;
import dev.leat.security.WithFormToken;
import dev.leat.store.Fire;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.task.Instants;
import dev.leat.task.Refusal;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// One trigger: what it does, what comes next, what came of its fires, and what people do with it.
@Path("/workflows/{workflow}/triggers/{trigger}")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class WorkflowTriggerPages {

    private static final int PAGE = 25;
    private static final int NEXT = 10;
    private static final int BACKFILLS = 5;
    private static final int MOMENTS_SHOWN = 200;

    private final TriggerReports reports;
    private final TriggerSteering steering;
    private final Backfills backfills;
    private final InstantSource clock;

    WorkflowTriggerPages(
            TriggerReports reports,
            TriggerSteering steering,
            Backfills backfills,
            InstantSource clock) {
        this.reports = reports;
        this.steering = steering;
        this.backfills = backfills;
        this.clock = clock;
    }

    @GET
    public TemplateInstance get(
            @RestPath String workflow,
            @RestPath String trigger,
            @RestQuery @Nullable String state,
            @RestQuery @Nullable String before,
            @Context UriInfo uri) {
        var report = reports.get(workflow, trigger);
        var chosen = new Ledger.Chosen(workflow, trigger, Ledger.given(state), "", "");
        var now = clock.instant();
        return new trigger(
                report,
                reports.next(workflow, trigger, null, NEXT),
                Ledger.page(reports, chosen, before, PAGE),
                List.of(Fire.State.values()),
                reports.backfills(workflow, trigger, BACKFILLS),
                report.settings().isEmpty() ? "" : Json.writePretty(report.settings()),
                uri.getBaseUri().resolve("/").toString(),
                new Range(day(now.minus(Duration.ofDays(7))), day(now), "1"),
                now);
    }

    private static String day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    @POST
    @Path("/pause")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response pause(
            @RestPath String workflow, @RestPath String trigger, @RestForm @Nullable String why) {
        steering.pause(workflow, trigger, Asker.because(why));
        return to(workflow, trigger);
    }

    @POST
    @Path("/resume")
    @Consumes(MediaType.WILDCARD)
    public Response resume(@RestPath String workflow, @RestPath String trigger) {
        steering.resume(workflow, trigger, Asker.because(null));
        return to(workflow, trigger);
    }

    @POST
    @Path("/fire")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response fire(
            @RestPath String workflow, @RestPath String trigger, @RestForm @Nullable String why) {
        var fired = steering.fireNow(workflow, trigger, Asker.because(why), null);
        var run = Objects.requireNonNull(fired.fire().run());
        return Response.seeOther(URI.create("/runs/" + Ids.text(run))).build();
    }

    private static Response to(String workflow, String trigger) {
        return Response.seeOther(URI.create("/workflows/" + workflow + "/triggers/" + trigger))
                .build();
    }

    /// What a backfill would start, with the question whether to start it.
    @GET
    @Path("/backfill")
    public Response askBackfill(
            @RestPath String workflow,
            @RestPath String trigger,
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to,
            @RestQuery @Nullable String atOnce) {
        var range = new Range(Ledger.given(from), Ledger.given(to), Ledger.given(atOnce));
        try {
            var moments =
                    reports.backfillPreview(
                            workflow, trigger, moment(range.from()), moment(range.to()));
            number(range.atOnce());
            return page(200, workflow, trigger, range, moments, "");
        } catch (Refusal.Invalid e) {
            return page(Answer.UNPROCESSABLE, workflow, trigger, range, List.of(), e.sentence());
        }
    }

    private Response page(
            int status,
            String workflow,
            String trigger,
            Range range,
            List<Moment> moments,
            String problem) {
        var skipped = (int) moments.stream().filter(Moment::skipped).count();
        var body =
                new backfill(
                        reports.get(workflow, trigger),
                        range,
                        moments.stream().limit(MOMENTS_SHOWN).toList(),
                        moments.size(),
                        skipped,
                        Math.max(0, moments.size() - MOMENTS_SHOWN),
                        problem);
        return Answer.of(status, body);
    }

    @POST
    @Path("/backfill")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response backfill(
            @RestPath String workflow,
            @RestPath String trigger,
            @RestForm String from,
            @RestForm String to,
            @RestForm String atOnce,
            @RestForm @Nullable String why) {
        var begun =
                backfills.begin(
                        workflow,
                        trigger,
                        moment(from),
                        moment(to),
                        number(atOnce),
                        Asker.because(why));
        return Response.seeOther(URI.create("/backfills/" + Ids.text(begun.id()))).build();
    }

    private static Instant moment(String text) {
        try {
            return Instants.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal.Invalid(String.valueOf(e.getMessage()), List.of());
        }
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,3}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > Backfills.MOST_AT_ONCE) {
            throw new Refusal.Invalid(
                    "From 1 to %d runs of a backfill go on at once."
                            .formatted(Backfills.MOST_AT_ONCE),
                    List.of());
        }
        return Integer.parseInt(text);
    }

    /// As typed.
    record Range(String from, String to, String atOnce) {}

    /// @param settings as JSON; empty for none
    /// @param home where this server answers, as the visitor sees it
    record trigger(
            TriggerReport trigger,
            List<Moment> next,
            Ledger ledger,
            List<Fire.State> states,
            List<BackfillReport> backfills,
            String settings,
            String home,
            Range range,
            Instant now)
            implements TemplateInstance {}

    /// @param more how many moments aren't listed
    /// @param problem why it can't be; empty where it can
    record backfill(
            TriggerReport trigger,
            Range range,
            List<Moment> moments,
            int total,
            int skipped,
            int more,
            String problem)
            implements TemplateInstance {}
}
