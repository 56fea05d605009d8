package dev.leat.dashboard;

import dev.leat.dashboard.Differences.Comparison;
import dev.leat.dashboard.WorkflowPages.Head;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.security.WithFormToken;
import dev.leat.store.Revision;
import dev.leat.store.WorkflowStore;
import dev.leat.store.WorkflowStore.Version;
import dev.leat.task.Refusal;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/// The texts that a workflow has had: compared with each other, and taken back.
@Path("/workflows/{workflow}/versions")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class VersionPages {

    private static final int PAGE = 30;

    private final WorkflowStore workflows;
    private final Definitions definitions;
    private final Differences differences;
    private final MainOrchestrator orchestrator;
    private final InstantSource clock;

    VersionPages(
            WorkflowStore workflows,
            Definitions definitions,
            Differences differences,
            MainOrchestrator orchestrator,
            InstantSource clock) {
        this.workflows = workflows;
        this.definitions = definitions;
        this.differences = differences;
        this.orchestrator = orchestrator;
        this.clock = clock;
    }

    /// @param before only those with a smaller number; 0 for all
    @GET
    public TemplateInstance list(
            @RestPath String workflow, @RestQuery @DefaultValue("0") int before) {
        var head = head(workflow);
        var found =
                workflows.versions(workflow, before <= 0 ? Integer.MAX_VALUE : before, PAGE + 1);
        var more = found.size() > PAGE;
        var shown = more ? found.subList(0, PAGE) : found;
        return new list(
                head, shown, more ? shown.getLast().number() : 0, before > 0, clock.instant());
    }

    private Head head(String workflow) {
        return WorkflowPages.head(definitions.current(workflow), "versions");
    }

    /// @param from the number on the left; 0 for the one before
    /// @param to the number on the right; 0 for the current one
    @GET
    @Path("/compare")
    public TemplateInstance compare(
            @RestPath String workflow,
            @RestQuery @DefaultValue("0") int from,
            @RestQuery @DefaultValue("0") int to) {
        var head = head(workflow);
        var right = definitions.revision(workflow, to == 0 ? head.revision() : to);
        var left = definitions.revision(workflow, from == 0 ? Math.max(1, right.number - 1) : from);
        return new compare(head, left, right, comparison(left, right), clock.instant());
    }

    private Comparison comparison(Revision left, Revision right) {
        return differences.between(
                "Revision " + left.number,
                Differences.source(left),
                "Revision " + right.number,
                Differences.source(right));
    }

    /// Asks whether an old text should be the current one again.
    @GET
    @Path("/{number}/restore")
    public TemplateInstance restore(@RestPath String workflow, @RestPath int number) {
        return asked(workflow, number, "");
    }

    private restore asked(String workflow, int number, String refusal) {
        var definition = definitions.current(workflow);
        var old = definitions.revision(workflow, number);
        return new restore(
                WorkflowPages.head(definition, "versions"),
                old,
                comparison(definition.revision(), old),
                definition.head().revisionNumber,
                refusal,
                clock.instant());
    }

    /// @param revision the newest number when it was asked
    @POST
    @Path("/{number}/restore")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response restore(
            @RestPath String workflow,
            @RestPath int number,
            @RestForm int revision,
            @RestForm @DefaultValue("") String message) {
        var old = definitions.revision(workflow, number);
        var why = message.isBlank() ? "Restores revision %d.".formatted(number) : message;
        try {
            orchestrator.save(
                    new SaveWorkflow(
                            Differences.source(old), workflow, revision, "dashboard", null, why));
            return Response.seeOther(URI.create("/workflows/%s/versions".formatted(workflow)))
                    .build();
        } catch (Refusal.Conflict refused) {
            return Answer.of(Answer.CONFLICT, asked(workflow, number, refused.sentence()));
        } catch (Refusal.Invalid refused) {
            return Answer.of(Answer.UNPROCESSABLE, asked(workflow, number, refused.sentence()));
        }
    }

    /// @param next the number before which the next page begins; 0 where this is the last
    record list(Head head, List<Version> versions, int next, boolean later, Instant now)
            implements TemplateInstance {}

    record compare(Head head, Revision left, Revision right, Comparison comparison, Instant now)
            implements TemplateInstance {}

    /// @param newest the number that the new revision comes after
    /// @param refusal why it wasn't restored; empty where nobody tried
    record restore(
            Head head, Revision old, Comparison comparison, int newest, String refusal, Instant now)
            implements TemplateInstance {}
}
