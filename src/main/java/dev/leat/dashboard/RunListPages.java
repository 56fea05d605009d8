package dev.leat.dashboard;

import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.RunReports;
import dev.leat.store.Ids;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.WorkflowStore;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// All runs, filtered by what stands in the address.
@Path("/runs")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class RunListPages {

    private static final int PAGE = 50;
    static final List<String> TRIGGERS =
            List.of(
                    "dashboard",
                    "api",
                    "cli",
                    "cron",
                    "interval",
                    "once",
                    "webhook",
                    "workflow",
                    "file",
                    "subflow");

    private final RunStore runs;
    private final RunReports reports;
    private final WorkflowStore workflows;
    private final InstantSource clock;

    RunListPages(RunStore runs, RunReports reports, WorkflowStore workflows, InstantSource clock) {
        this.runs = runs;
        this.reports = reports;
        this.workflows = workflows;
        this.clock = clock;
    }

    @GET
    public TemplateInstance get(
            @RestQuery @Nullable String workflow,
            @RestQuery @Nullable String state,
            @RestQuery @Nullable String trigger,
            @RestQuery @Nullable String label,
            @RestQuery boolean still,
            @RestQuery @Nullable String before) {
        var chosen = RunFilter.of(workflow, state, trigger, label);
        var from = before == null ? -1 : Ids.parse(before);
        var found = runs.latest(chosen.filter(), from < 0 ? Long.MAX_VALUE : from, PAGE + 1);
        var shown = found.size() > PAGE ? found.subList(0, PAGE) : found;
        return new list(
                shown.stream().map(reports::summary).toList(),
                chosen,
                found.size() > PAGE ? Ids.text(shown.getLast().id) : "",
                from >= 0,
                still,
                workflows.current().stream().map(head -> head.id).toList(),
                List.of(RunState.values()),
                TRIGGERS,
                clock.instant());
    }

    /// @param still whether it doesn't fetch itself anew, for those who choose without a script
    /// @param next the id before which the next page begins; empty where this is the last
    record list(
            List<RunReport> runs,
            RunFilter chosen,
            String next,
            boolean later,
            boolean still,
            List<String> workflows,
            List<RunState> states,
            List<String> triggers,
            Instant now)
            implements TemplateInstance {}
}
