package dev.leat.dashboard;

import dev.leat.store.Ids;
import dev.leat.store.ListedRun;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.TaskState;
import dev.leat.store.WorkflowHistory;
import dev.leat.store.WorkflowHistory.Glance;
import dev.leat.workflow.Workflow;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The runs of a workflow: its tasks against its last runs, and a year of days.
@Path("/workflows/{workflow}/runs")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class WorkflowRunPages {

    private static final List<Integer> COUNTS = List.of(25, 50, 100, 365);

    /// As many tasks of runs as a page looks at: very large workflows show fewer runs.
    private static final int MOST_LOOKED_AT = 40_000;

    /// Up to this many tasks, each is asked for by its name, so that items cost nothing.
    private static final int MOST_NAMED = RunGrid.MOST_ROWS;

    private final Definitions definitions;
    private final RunStore runs;
    private final WorkflowHistory history;
    private final InstantSource clock;

    WorkflowRunPages(
            Definitions definitions, RunStore runs, WorkflowHistory history, InstantSource clock) {
        this.definitions = definitions;
        this.runs = runs;
        this.history = history;
        this.clock = clock;
    }

    /// @param count how many runs, of [#COUNTS]
    /// @param before the id before which the page begins
    @GET
    public TemplateInstance get(
            @RestPath String workflow,
            @RestQuery int count,
            @RestQuery @Nullable String state,
            @RestQuery int revision,
            @RestQuery @Nullable String trigger,
            @RestQuery @Nullable String label,
            @RestQuery @Nullable String before) {
        var definition = definitions.current(workflow);
        var now = clock.instant();
        var chosen =
                new Chosen(
                        RunFilter.of(workflow, state, trigger, label),
                        Math.max(0, revision),
                        COUNTS.contains(count) ? count : COUNTS.getFirst());
        var tasks = tasks(definitions.of(definition.head().id, chosen.revision()).workflow());
        var wanted = Math.clamp(MOST_LOOKED_AT / Math.max(1, tasks.size()), 1, chosen.count());
        var from = before == null ? -1 : Ids.parse(before);
        var found =
                runs.latest(
                        chosen.filter().filter().ofRevision(chosen.number()),
                        from < 0 ? Long.MAX_VALUE : from,
                        wanted + 1);
        var shown = found.size() > wanted ? found.subList(0, wanted) : found;
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return new runs(
                WorkflowPages.head(definition, "runs"),
                chosen,
                RunGrid.of(
                        shown.reversed().stream().map(Glance::of).toList(),
                        tasks,
                        states(shown, tasks),
                        now),
                found.size() > wanted ? Ids.text(shown.getLast().id) : "",
                from >= 0,
                wanted < chosen.count(),
                Heatmap.of(history.days(workflow, Heatmap.first(today))),
                COUNTS,
                List.of(RunState.values()),
                RunListPages.TRIGGERS,
                now);
    }

    private static List<GraphTask> tasks(@Nullable Workflow workflow) {
        return workflow == null ? List.of() : GraphTask.planned(workflow);
    }

    private Map<Long, Map<String, TaskState>> states(List<ListedRun> shown, List<GraphTask> tasks) {
        var ids = shown.stream().map(run -> run.id).toList();
        return tasks.size() > MOST_NAMED
                ? history.states(ids)
                : history.states(ids, tasks.stream().map(GraphTask::id).toList());
    }

    /// What stands in the address.
    ///
    /// @param revision 0 for any
    record Chosen(RunFilter filter, int revision, int count) {

        @Nullable Integer number() {
            return revision == 0 ? null : (Integer) revision;
        }

        public boolean any() {
            return revision > 0 || !(filter.state() + filter.trigger() + filter.label()).isEmpty();
        }

        public String query() {
            return filter.query() + (revision == 0 ? "" : "&revision=" + revision);
        }

        /// The same with another number of runs.
        public String href(int number) {
            return "/workflows/%s/runs?count=%d%s".formatted(filter.workflow(), number, rest());
        }

        private String rest() {
            var own = new RunFilter("", filter.state(), filter.trigger(), filter.label()).query();
            return (own.isEmpty() ? "" : "&" + own)
                    + (revision == 0 ? "" : "&revision=" + revision);
        }

        public String older(String before) {
            return href(count) + "&before=" + before;
        }
    }

    /// @param next the id before which older runs begin; empty for none
    /// @param fewer whether the workflow has too many tasks for as many runs as were asked for
    record runs(
            WorkflowPages.Head head,
            Chosen chosen,
            RunGrid grid,
            String next,
            boolean later,
            boolean fewer,
            Heatmap year,
            List<Integer> counts,
            List<RunState> states,
            List<String> triggers,
            Instant now)
            implements TemplateInstance {}
}
