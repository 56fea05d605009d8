package dev.leat.dashboard;

import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.report.OperationReport;
import dev.leat.engine.report.TaskReport;
import dev.leat.security.WithFormToken;
import dev.leat.store.Json;
import dev.leat.store.OperationStore;
import dev.leat.store.Revision;
import dev.leat.store.RunLogSearch;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.TaskState;
import dev.leat.store.Transition;
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
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// One run: each tab is a page.
@Path("/runs/{run}")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class RunPages {

    private static final int TASKS_BESIDE_GRAPH = 60;
    private static final int TASKS_ON_A_PAGE = 100;
    private static final int LINES_BESIDE_GRAPH = 200;
    private static final int EVENTS_ON_A_PAGE = 200;
    private static final int OUTPUTS_SHOWN = 60;
    private static final int LINES_ON_A_PAGE = 3_000;

    private final Runs runs;
    private final RunStore store;
    private final OperationStore operations;
    private final RunLogSearch logs;
    private final WorkflowStore workflows;
    private final Graphs graphs;
    private final MainOrchestrator orchestrator;

    RunPages(
            Runs runs,
            RunStore store,
            OperationStore operations,
            RunLogSearch logs,
            WorkflowStore workflows,
            Graphs graphs,
            MainOrchestrator orchestrator) {
        this.runs = runs;
        this.store = store;
        this.operations = operations;
        this.logs = logs;
        this.workflows = workflows;
        this.graphs = graphs;
        this.orchestrator = orchestrator;
    }

    @GET
    public TemplateInstance graph(@RestPath String run, @RestQuery @Nullable String direction) {
        var page = runs.page(run);
        var path = page.path();
        return new graph(
                page,
                drawn(page, path, direction),
                path,
                page.tasks(TASKS_BESIDE_GRAPH),
                LogView.end(
                        logs, page, LogChoice.of(page.run().id(), null, 0), LINES_BESIDE_GRAPH));
    }

    private GraphView drawn(RunPage page, CriticalPath path, @Nullable String direction) {
        return graphs.draw(
                page.revision(),
                page.run().tasks().stream().map(GraphTask::of).toList(),
                path,
                direction,
                task -> page.href() + "/tasks/" + task);
    }

    /// The graph as a file, complete in itself.
    @GET
    @Path("/graph.svg")
    @Produces("image/svg+xml")
    public Response picture(@RestPath String run, @RestQuery @Nullable String direction) {
        var page = runs.page(run);
        return GraphFile.of(drawn(page, page.path(), direction), page.run().workflow());
    }

    /// @param after how many tasks to skip
    @GET
    @Path("/tasks")
    public TemplateInstance tasks(
            @RestPath String run, @RestQuery @Nullable String state, @RestQuery int after) {
        var page = runs.page(run);
        var wanted = state == null ? "" : state.strip().toUpperCase(Locale.ROOT);
        var found =
                page.run().tasks().stream()
                        .filter(task -> wanted.isEmpty() || task.state().name().equals(wanted))
                        .skip(Math.max(0, after))
                        .limit(TASKS_ON_A_PAGE + 1)
                        .toList();
        var more = found.size() > TASKS_ON_A_PAGE;
        return new tasks(
                page,
                more ? found.subList(0, TASKS_ON_A_PAGE) : found,
                wanted,
                more ? after + TASKS_ON_A_PAGE : 0,
                after > 0);
    }

    @GET
    @Path("/data")
    public TemplateInstance data(@RestPath String run) {
        var page = runs.page(run);
        var outputs = store.outputs(page.key());
        return new data(
                page,
                Tree.of(page.run().inputs()),
                page.run().outputs() == null ? null : Tree.of(page.run().outputs()),
                page.run().tasks().stream()
                        .filter(task -> outputs.containsKey(task.id()))
                        .limit(OUTPUTS_SHOWN)
                        .map(task -> output(task, outputs.get(task.id())))
                        .toList(),
                Math.max(0, outputs.size() - OUTPUTS_SHOWN));
    }

    private static Output output(TaskReport task, @Nullable String text) {
        return new Output(task, Tree.of(text == null ? null : Json.readToShow(text)));
    }

    @GET
    @Path("/history")
    public TemplateInstance history(@RestPath String run, @RestQuery long after) {
        var page = runs.page(run);
        var events = store.transitions(page.key(), after, EVENTS_ON_A_PAGE + 1);
        var more = events.size() > EVENTS_ON_A_PAGE;
        return new history(
                page,
                (more ? events.subList(0, EVENTS_ON_A_PAGE) : events)
                        .stream().map(Event::of).toList(),
                operations.of(page.key(), 0, EVENTS_ON_A_PAGE).stream()
                        .map(OperationReport::of)
                        .toList(),
                more ? events.get(EVENTS_ON_A_PAGE - 1).seq : 0,
                after > 0);
    }

    /// @param after how many lines to skip
    @GET
    @Path("/source")
    public TemplateInstance source(@RestPath String run, @RestQuery int after) {
        var page = runs.page(run);
        var revision =
                workflows
                        .revision(page.revision())
                        .orElseThrow(
                                () ->
                                        new Refusal.NotFound(
                                                "The definition of this run is no longer kept."));
        var lines = revision.source.lines().toList();
        var from = Math.clamp(after, 0, lines.size());
        var to = Math.min(lines.size(), from + LINES_ON_A_PAGE);
        return new source(
                page, revision, lines.subList(from, to), from, to < lines.size() ? to : 0);
    }

    @GET
    @Path("/cancel")
    public TemplateInstance confirm(@RestPath String run) {
        return new cancel(runs.page(run));
    }

    @POST
    @Path("/cancel")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response cancel(@RestPath String run, @RestForm @Nullable String why) {
        var page = runs.page(run);
        orchestrator.cancel(page.key(), Asker.because(why));
        return Response.seeOther(URI.create(page.href())).build();
    }

    record Output(TaskReport task, Tree tree) {}

    /// @param task empty where the run itself changed
    record Event(
            long seq,
            Instant at,
            String task,
            Mark mark,
            int attempt,
            String reason,
            String error) {

        static Event of(Transition step) {
            return new Event(
                    step.seq,
                    Instant.EPOCH.plus(step.at, ChronoUnit.MICROS),
                    step.task == null ? "" : step.task,
                    mark(step),
                    step.attempt,
                    step.reason == null ? "" : step.reason,
                    step.error == null
                            ? ""
                            : Failure.Reason.of(Json.readObjectToShow(step.error)).message());
        }

        private static Mark mark(Transition step) {
            if (step.state.equals("CANCEL_REQUESTED")) {
                return new Mark("cancelled", "Cancel requested");
            }
            return step.task == null
                    ? Mark.of(RunState.valueOf(step.state))
                    : Mark.of(TaskState.valueOf(step.state));
        }
    }

    record graph(
            RunPage page, GraphView graph, CriticalPath path, List<TaskReport> tasks, LogView log)
            implements TemplateInstance {}

    /// @param next how many tasks to skip for the next page; 0 where this is the last
    record tasks(RunPage page, List<TaskReport> tasks, String state, int next, boolean later)
            implements TemplateInstance {}

    record data(RunPage page, Tree inputs, @Nullable Tree outputs, List<Output> results, int more)
            implements TemplateInstance {}

    record history(
            RunPage page,
            List<Event> events,
            List<OperationReport> operations,
            long next,
            boolean later)
            implements TemplateInstance {}

    /// @param from how many lines come before
    /// @param next how many to skip for the next page; 0 where this is the last
    record source(RunPage page, Revision revision, List<String> lines, int from, int next)
            implements TemplateInstance {}

    record cancel(RunPage page) implements TemplateInstance {}
}
