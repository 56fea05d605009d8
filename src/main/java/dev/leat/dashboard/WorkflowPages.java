package dev.leat.dashboard;

import dev.leat.dashboard.Definitions.Definition;
import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.RunReports;
import dev.leat.security.ProblemDetail.Item;
import dev.leat.store.Json;
import dev.leat.store.Revision;
import dev.leat.store.RunStore;
import dev.leat.store.WorkflowStore;
import dev.leat.store.WorkflowStore.Version;
import dev.leat.task.Refusal;
import dev.leat.workflow.TriggerSpec;
import dev.leat.workflow.Workflow;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The workflows, and each one: its graph, its runs, its text.
@Path("/workflows")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class WorkflowPages {

    private static final int PAGE = 40;
    private static final int RUNS_SHOWN = 15;
    private static final int REVISIONS_SHOWN = 30;

    private final WorkflowStore workflows;
    private final Definitions definitions;
    private final Strips strips;
    private final Graphs graphs;
    private final RunStore runs;
    private final RunReports reports;
    private final InstantSource clock;

    WorkflowPages(
            WorkflowStore workflows,
            Definitions definitions,
            Strips strips,
            Graphs graphs,
            RunStore runs,
            RunReports reports,
            InstantSource clock) {
        this.workflows = workflows;
        this.definitions = definitions;
        this.strips = strips;
        this.graphs = graphs;
        this.runs = runs;
        this.reports = reports;
        this.clock = clock;
    }

    /// @param q words that the id, name or description must have
    /// @param after the id after which the page begins
    @GET
    public TemplateInstance list(@RestQuery @Nullable String q, @RestQuery @Nullable String after) {
        var words = q == null ? "" : q.strip();
        var known = workflows.current();
        var found =
                known.stream()
                        .filter(head -> has(words, head.id, head.name, head.description))
                        .filter(head -> after == null || head.id.compareTo(after) > 0)
                        .limit(PAGE + 1)
                        .toList();
        var more = found.size() > PAGE;
        return new list(
                strips.of(more ? found.subList(0, PAGE) : found),
                words,
                more ? found.get(PAGE - 1).id : "",
                after != null,
                known.size(),
                clock.instant());
    }

    private static boolean has(String words, String... texts) {
        var text = String.join(" ", texts).toLowerCase(Locale.ROOT);
        return List.of(words.toLowerCase(Locale.ROOT).split("\\s+")).stream()
                .allMatch(text::contains);
    }

    @GET
    @Path("/{workflow}")
    public TemplateInstance one(@RestPath String workflow, @RestQuery @Nullable String direction) {
        var definition = definitions.current(workflow);
        var latest = runs.latestOf(workflow, Strip.LENGTH);
        return new workflow(
                head(definition, "graph"),
                graph(definition, direction),
                latest.stream().limit(RUNS_SHOWN).map(reports::summary).toList(),
                Strip.of(latest),
                triggers(definition.workflow()),
                clock.instant());
    }

    private @Nullable GraphView graph(Definition definition, @Nullable String direction) {
        var workflow = definition.workflow();
        return workflow == null
                ? null
                : graphs.draw(
                        definition.revision().id, GraphTask.planned(workflow), direction, _ -> "");
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

    /// @param next the id after which the next page begins; empty where this is the last
    record list(
            List<Strips.Row> workflows,
            String words,
            String next,
            boolean later,
            int known,
            Instant now)
            implements TemplateInstance {}

    /// @param graph null where the text can't be read any more
    record workflow(
            Head head,
            @Nullable GraphView graph,
            List<RunReport> runs,
            Strip strip,
            List<Trigger> triggers,
            Instant now)
            implements TemplateInstance {}

    record source(
            Head head, Revision revision, List<String> lines, List<Version> revisions, Instant now)
            implements TemplateInstance {}
}
