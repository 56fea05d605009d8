package dev.leat.dashboard;

import dev.leat.engine.report.FireReport;
import dev.leat.engine.report.TriggerReport;
import dev.leat.engine.report.TriggerReports;
import dev.leat.engine.report.TriggerReports.Expected;
import dev.leat.engine.report.TriggerReports.Question;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// All triggers: those that somebody holds up first, and what the clock will start soon.
@Path("/triggers")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class TriggerPages {

    private static final int PAGE = 50;
    private static final int AGENDA = 30;
    private static final int PAUSED = 200;
    private static final int EACH = 3;
    private static final Duration DAY = Duration.ofHours(24);

    private final TriggerReports reports;
    private final Missed missed;
    private final InstantSource clock;

    TriggerPages(TriggerReports reports, Missed missed, InstantSource clock) {
        this.reports = reports;
        this.missed = missed;
        this.clock = clock;
    }

    /// @param after `workflow/trigger` after which the page begins
    @GET
    public TemplateInstance get(@RestQuery @Nullable String after) {
        var now = clock.instant();
        var found = reports.list(new Question(null, null, false, null), after, PAGE + 1);
        var shown = found.size() > PAGE ? found.subList(0, PAGE) : found;
        var last = found.size() > PAGE ? shown.getLast() : null;
        return new list(
                after == null
                        ? reports.list(new Question(null, null, true, null), null, PAUSED)
                        : List.of(),
                shown,
                reports.agenda(now.plus(DAY), AGENDA, EACH),
                missed.ofLastDay(),
                last == null ? "" : last.workflow() + "/" + last.id(),
                after != null,
                now);
    }

    /// @param next after which the next page begins; empty where this is the last
    record list(
            List<TriggerReport> paused,
            List<TriggerReport> triggers,
            List<Expected> agenda,
            List<FireReport> missed,
            String next,
            boolean later,
            Instant now)
            implements TemplateInstance {}
}
