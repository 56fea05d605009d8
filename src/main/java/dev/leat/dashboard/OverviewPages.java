package dev.leat.dashboard;

import dev.leat.engine.report.FireReport;
import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.RunReports;
import dev.leat.engine.report.TriggerReports;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.RunStore.Filter;
import dev.leat.store.WorkflowStore;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What is going on: the first page.
@Path("/")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class OverviewPages {

    private static final int RUNNING_SHOWN = 20;
    private static final int RECENT_SHOWN = 15;
    private static final int WORKFLOWS_SHOWN = 12;
    private static final int FIRES_SHOWN = 6;
    private static final int MOST_COUNTED = 1_000;
    private static final Duration LOOKING_BACK = Duration.ofHours(24);

    private final RunStore runs;
    private final RunReports reports;
    private final WorkflowStore workflows;
    private final Strips strips;
    private final TriggerReports triggers;
    private final Missed missed;
    private final InstantSource clock;

    OverviewPages(
            RunStore runs,
            RunReports reports,
            WorkflowStore workflows,
            Strips strips,
            TriggerReports triggers,
            Missed missed,
            InstantSource clock) {
        this.runs = runs;
        this.reports = reports;
        this.workflows = workflows;
        this.strips = strips;
        this.triggers = triggers;
        this.missed = missed;
        this.clock = clock;
    }

    @GET
    public TemplateInstance get() {
        var now = clock.instant();
        var recent = runs.latest(Filter.ANY, Long.MAX_VALUE, RECENT_SHOWN);
        var known = workflows.current();
        var rows = strips.of(known.stream().limit(WORKFLOWS_SHOWN).toList());
        var counts = runs.countsSince(now.minus(LOOKING_BACK));
        return new overview(
                running(),
                (int) runs.inState(RunState.QUEUED, MOST_COUNTED),
                count(counts, RunState.FAILED) + count(counts, RunState.TIMED_OUT),
                count(counts, RunState.SUCCESS),
                recent.stream().map(reports::summary).toList(),
                rows.stream().sorted(Comparator.comparing(row -> !row.failing())).toList(),
                known.size(),
                triggers.agenda(now.plus(LOOKING_BACK), FIRES_SHOWN, 1),
                missed.ofLastDay(),
                now);
    }

    private static Filter ofState(RunState state) {
        return new Filter(null, state, null, null, null);
    }

    private static long count(Map<RunState, Long> counts, RunState state) {
        return counts.getOrDefault(state, 0L);
    }

    private List<RunningRun> running() {
        return runs.latest(ofState(RunState.RUNNING), Long.MAX_VALUE, RUNNING_SHOWN).stream()
                .map(
                        run ->
                                new RunningRun(
                                        reports.summary(run),
                                        Progress.of(runs.taskCounts(run.id), run.taskCount)))
                .toList();
    }

    record RunningRun(RunReport run, Progress progress) {}

    /// @param queued how many runs wait to start
    /// @param failed how many have failed in the last 24 hours
    /// @param succeeded how many haven't
    /// @param known how many workflows there are
    /// @param agenda what the clock starts next
    /// @param missed what it should have started, in the last 24 hours
    record overview(
            List<RunningRun> running,
            int queued,
            long failed,
            long succeeded,
            List<RunReport> recent,
            List<Strips.Row> workflows,
            int known,
            List<TriggerReports.Expected> agenda,
            List<FireReport> missed,
            Instant now)
            implements TemplateInstance {}
}
