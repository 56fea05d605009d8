package dev.leat.dashboard;

import dev.leat.dashboard.Definitions.Definition;
import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.RunReports;
import dev.leat.plugin.RegisteredTask;
import dev.leat.plugin.TaskRegistry;
import dev.leat.security.ProblemDetail.Item;
import dev.leat.store.Json;
import dev.leat.store.Revision;
import dev.leat.store.RunStore;
import dev.leat.store.WorkflowStore;
import dev.leat.store.WorkflowStore.Version;
import dev.leat.task.Refusal;
import dev.leat.workflow.TaskLines;
import dev.leat.workflow.TriggerSpec;
import dev.leat.workflow.Workflow;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Each workflow: its graph, its runs, its text.
@Path("/workflows")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class WorkflowPages {

    private static final int RUNS_SHOWN = 15;
    private static final int REVISIONS_SHOWN = 30;

    private final WorkflowStore workflows;
    private final Definitions definitions;
    private final Graphs graphs;
    private final TaskRegistry types;
    private final TaskLines lines;
    private final RunStore runs;
    private final RunReports reports;
    private final InstantSource clock;

    WorkflowPages(
            WorkflowStore workflows,
            Definitions definitions,
            Graphs graphs,
            TaskRegistry types,
            TaskLines lines,
            RunStore runs,
            RunReports reports,
            InstantSource clock) {
        this.workflows = workflows;
        this.definitions = definitions;
        this.graphs = graphs;
        this.types = types;
        this.lines = lines;
        this.runs = runs;
        this.reports = reports;
        this.clock = clock;
    }

    /// @param task whose facts are told; null for none
    @GET
    @Path("/{workflow}")
    public TemplateInstance one(
            @RestPath String workflow,
            @RestQuery @Nullable String direction,
            @RestQuery @Nullable String task) {
        var definition = definitions.current(workflow);
        var latest = runs.latestOf(workflow, Strip.LENGTH);
        return new workflow(
                head(definition, "graph"),
                graph(definition, direction),
                card(definition, task),
                latest.stream().limit(RUNS_SHOWN).map(reports::summary).toList(),
                Strip.of(latest),
                triggers(definition.workflow()),
                clock.instant());
    }

    private @Nullable GraphView graph(Definition definition, @Nullable String direction) {
        var workflow = definition.workflow();
        var rest =
                switch (direction) {
                    case "down", "right" -> "&direction=" + direction;
                    case null, default -> "";
                };
        return workflow == null
                ? null
                : graphs.draw(
                        definition.revision().id,
                        GraphTask.planned(workflow),
                        direction,
                        task ->
                                "/workflows/%s?task=%s%s#task"
                                        .formatted(definition.head().id, task, rest));
    }

    private @Nullable TaskCard card(Definition definition, @Nullable String task) {
        var workflow = definition.workflow();
        if (task == null || workflow == null) {
            return null;
        }
        var revision = definition.revision();
        var source = new Source(revision.source, Format.valueOf(revision.format), revision.origin);
        return TaskCard.all(workflow)
                .filter(each -> each.id().equals(task))
                .findFirst()
                .map(
                        spec ->
                                TaskCard.of(
                                        spec,
                                        types.find(spec.type())
                                                .map(RegisteredTask::type)
                                                .orElse(null),
                                        workflow,
                                        lines.of(source).get(task),
                                        revision.source.lines().toList()))
                .orElseThrow(
                        () ->
                                new Refusal.NotFound(
                                        "Workflow '%s' has no task '%s'."
                                                .formatted(definition.head().id, task)));
    }

    /// The drawing alone, as a file that stands by itself.
    @GET
    @Path("/{workflow}/graph.svg")
    @Produces("image/svg+xml")
    public Response svg(@RestPath String workflow, @RestQuery @Nullable String direction) {
        var definition = definitions.current(workflow);
        var graph = graph(definition, direction);
        if (graph == null) {
            throw new Refusal.NotFound(
                    "The definition of '%s' can't be read, so there is no graph of it."
                            .formatted(workflow));
        }
        return GraphFile.of(graph, definition.head().id);
    }

    private static List<Trigger> triggers(@Nullable Workflow workflow) {
        return workflow == null
                ? List.of()
                : workflow.triggers().stream().map(Trigger::of).toList();
    }

    /// @param revision 0 for the current one
    @GET
    @Path("/{workflow}/source")
    public TemplateInstance source(@RestPath String workflow, @RestQuery int revision) {
        var definition = definitions.current(workflow);
        var shown =
                revision == 0
                        ? definition.revision()
                        : workflows
                                .revision(workflow, revision)
                                .orElseThrow(() -> unknown(workflow, revision));
        return new source(
                head(definition, "source"),
                shown,
                shown.source.lines().toList(),
                workflows.versions(workflow, Integer.MAX_VALUE, REVISIONS_SHOWN),
                clock.instant());
    }

    private static Refusal unknown(String workflow, int revision) {
        return new Refusal.NotFound(
                "Workflow '%s' has no revision %d.".formatted(workflow, revision));
    }

    static Head head(Definition definition, String tab) {
        var head = definition.head();
        return new Head(
                head.id,
                head.name.isEmpty() ? head.id : head.name,
                head.description,
                definition.revision().number,
                head.origin,
                head.origin.startsWith("file:"),
                Item.of(definition.problems()),
                tab);
    }

    /// What stands above both tabs of a workflow.
    ///
    /// @param owned whether a file owns it, so that it can't be edited here
    record Head(
            String id,
            String name,
            String description,
            int revision,
            String origin,
            boolean owned,
            List<Item> problems,
            String tab) {

        public boolean failing() {
            return problems.stream().anyMatch(problem -> problem.severity().equals("error"));
        }
    }

    /// @param settings as written
    record Trigger(String id, String type, boolean enabled, String settings) {
        static Trigger of(TriggerSpec spec) {
            return new Trigger(spec.id(), spec.type(), spec.enabled(), Json.write(spec.settings()));
        }
    }

    /// @param graph null where the text can't be read any more
    record workflow(
            Head head,
            @Nullable GraphView graph,
            @Nullable TaskCard task,
            List<RunReport> runs,
            Strip strip,
            List<Trigger> triggers,
            Instant now)
            implements TemplateInstance {}

    record source(
            Head head, Revision revision, List<String> lines, List<Version> revisions, Instant now)
            implements TemplateInstance {}
}
