package dev.leat.dashboard;

import dev.leat.engine.report.FireReport;
import dev.leat.engine.report.TriggerReport;
import dev.leat.engine.report.TriggerReports;
import dev.leat.store.Ids;
import dev.leat.store.RunState;
import dev.leat.store.WorkflowHistory;
import dev.leat.workflow.TriggerSpec;
import dev.leat.workflow.Workflow;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// What starts runs of a workflow by itself.
@Path("/workflows/{workflow}/triggers")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class WorkflowTriggerListPages {

    private final Definitions definitions;
    private final TriggerReports reports;
    private final WorkflowHistory history;
    private final InstantSource clock;

    WorkflowTriggerListPages(
            Definitions definitions,
            TriggerReports reports,
            WorkflowHistory history,
            InstantSource clock) {
        this.definitions = definitions;
        this.reports = reports;
        this.history = history;
        this.clock = clock;
    }

    @GET
    public TemplateInstance get(@RestPath String workflow, @Context UriInfo uri) {
        var definition = definitions.current(workflow);
        var triggers = reports.of(workflow);
        var results = history.runStates(runs(triggers));
        var text = definition.workflow();
        return new triggers(
                WorkflowPages.head(definition, "triggers"),
                triggers.stream().map(trigger -> card(trigger, text, results)).toList(),
                text == null ? "" : LateWords.atOnce(text.concurrency()),
                uri.getBaseUri().resolve("/").toString(),
                clock.instant());
    }

    private static List<Long> runs(List<TriggerReport> triggers) {
        return triggers.stream()
                .map(TriggerReport::lastFire)
                .filter(Objects::nonNull)
                .map(FireReport::run)
                .filter(Objects::nonNull)
                .map(Ids::parse)
                .toList();
    }

    private static Card card(
            TriggerReport trigger, @Nullable Workflow workflow, Map<Long, RunState> results) {
        var fire = trigger.lastFire();
        var run = fire == null ? null : fire.run();
        return new Card(
                trigger,
                workflow == null ? "" : late(workflow, trigger.id()),
                run == null ? null : results.get(Ids.parse(run)));
    }

    private static String late(Workflow workflow, String trigger) {
        return workflow.triggers().stream()
                .filter(spec -> spec.id().equals(trigger))
                .findFirst()
                .map((TriggerSpec spec) -> LateWords.late(spec))
                .orElse("");
    }

    /// @param late what becomes of late fires; empty where none can be late
    /// @param result how the run of its last fire stands; null for none
    record Card(TriggerReport trigger, String late, @Nullable RunState result) {}

    /// @param atOnce how many runs of the workflow go on at once; empty where nobody knows
    /// @param home where this server answers, as the visitor sees it
    record triggers(
            WorkflowPages.Head head, List<Card> triggers, String atOnce, String home, Instant now)
            implements TemplateInstance {}
}
