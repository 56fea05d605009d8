package dev.leat.dashboard;

import dev.leat.engine.Approvals;
import dev.leat.engine.report.FireReport;
import dev.leat.engine.report.Health;
import dev.leat.engine.report.Health.Trouble;
import dev.leat.engine.report.Pulse;
import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.RunReports;
import dev.leat.engine.report.TriggerReports;
import dev.leat.store.ListedRun;
import dev.leat.store.Membership;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.RunStore.Filter;
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
import java.util.Map;

/// What is going on: the first page.
@Path("/")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class OverviewPages {

    private static final int RUNNING_SHOWN = 10;
    private static final int RECENT_SHOWN = 12;
    private static final int FIRES_SHOWN = 6;
    private static final int MOST_COUNTED = 1_000;
    private static final int MINUTES_AVERAGED = 5;
    private static final Duration LOOKING_BACK = Duration.ofHours(24);

    private final RunStore runs;
    private final RunReports reports;
    private final Lately lately;
    private final Approvals approvals;
    private final Membership membership;
    private final Pulse pulse;
    private final Health health;
    private final TriggerReports triggers;
    private final Missed missed;
    private final InstantSource clock;

    OverviewPages(
            RunStore runs,
            RunReports reports,
            Lately lately,
            Approvals approvals,
            Membership membership,
            Pulse pulse,
            Health health,
            TriggerReports triggers,
            Missed missed,
            InstantSource clock) {
        this.runs = runs;
        this.reports = reports;
        this.lately = lately;
        this.approvals = approvals;
        this.membership = membership;
        this.pulse = pulse;
        this.health = health;
        this.triggers = triggers;
        this.missed = missed;
        this.clock = clock;
    }

    @GET
    public TemplateInstance get() {
        var now = clock.instant();
        var latest = lately.runs();
        var day = HalfHours.of(runs.lately(now, HalfHours.NUMBER));
        return new overview(
                health.troubles(),
                figures(latest, day, now),
                day,
                running(),
                latest.stream().limit(RECENT_SHOWN).map(reports::summary).toList(),
                lately.workflows(latest),
                triggers.agenda(now.plus(LOOKING_BACK), FIRES_SHOWN, 1),
                missed.ofLastDay(),
                now);
    }

    private Figures figures(List<ListedRun> latest, HalfHours day, Instant now) {
        var load = membership.load();
        var started = pulse.started();
        var lastMinutes = started.subList(started.size() - MINUTES_AVERAGED, started.size());
        return new Figures(
                load.running(),
                load.slots(),
                runs.inState(RunState.RUNNING, MOST_COUNTED),
                runs.inState(RunState.QUEUED, MOST_COUNTED),
                day.failed(),
                day.total(),
                approvals.count(MOST_COUNTED),
                lastMinutes.stream().mapToLong(Long::longValue).sum() / MINUTES_AVERAGED,
                Spark.of(started),
                lately.startDelay(latest, now));
    }

    private List<RunningRun> running() {
        var ofState = new Filter(null, RunState.RUNNING, null, null, null);
        var found = runs.latest(ofState, Long.MAX_VALUE, RUNNING_SHOWN);
        var counts = runs.taskCounts(found.stream().map(run -> run.id).toList());
        return found.stream()
                .map(
                        run ->
                                new RunningRun(
                                        reports.summary(run),
                                        Progress.of(
                                                counts.getOrDefault(run.id, Map.of()),
                                                run.taskCount)))
                .toList();
    }

    record RunningRun(RunReport run, Progress progress) {}

    /// @param attempts of tasks that run on this node now
    /// @param running how many runs go on
    /// @param queued how many runs wait to start
    /// @param failed how many of the last 24 hours have failed
    /// @param all how many there were in the last 24 hours
    /// @param asked how many questions wait for somebody
    /// @param perMinute attempts that this node has started a minute, over the last five
    /// @param startDelay how long 95 of 100 runs have waited at most to start; empty where none has
    record Figures(
            int attempts,
            int slots,
            long running,
            long queued,
            long failed,
            long all,
            long asked,
            long perMinute,
            Spark pulse,
            String startDelay) {}

    /// @param agenda what the clock starts next
    /// @param missed what it should have started, in the last 24 hours
    record overview(
            List<Trouble> troubles,
            Figures figures,
            HalfHours day,
            List<RunningRun> running,
            List<RunReport> recent,
            Lately.Workflows workflows,
            List<TriggerReports.Expected> agenda,
            List<FireReport> missed,
            Instant now)
            implements TemplateInstance {}
}
