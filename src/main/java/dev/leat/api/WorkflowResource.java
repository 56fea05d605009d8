package dev.leat.api;

import dev.leat.api.WorkflowBodies.CheckedWorkflow;
import dev.leat.api.WorkflowBodies.RevisionList;
import dev.leat.api.WorkflowBodies.RevisionView;
import dev.leat.api.WorkflowBodies.SavedWorkflow;
import dev.leat.api.WorkflowBodies.WorkflowList;
import dev.leat.api.WorkflowBodies.WorkflowSummary;
import dev.leat.api.WorkflowBodies.WorkflowView;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.engine.MainOrchestrator.Saved;
import dev.leat.security.HttpRefusal;
import dev.leat.security.ProblemDetail;
import dev.leat.security.ProblemKind;
import dev.leat.store.Json;
import dev.leat.store.Revision;
import dev.leat.store.WorkflowHead;
import dev.leat.store.WorkflowStore;
import dev.leat.store.WorkflowStore.Version;
import dev.leat.task.Refusal;
import dev.leat.workflow.Sarif;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/workflows")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Workflows", description = "Definitions and their revisions.")
@RunOnVirtualThread
class WorkflowResource {

    private static final String YAML = "application/yaml";
    private static final String X_YAML = "application/x-yaml";
    private static final String TEXT_YAML = "text/yaml";
    private static final String ORIGIN = "api";
    private static final String WHY = "Why it is saved; kept with the revision and shown.";

    private final MainOrchestrator orchestrator;
    private final WorkflowStore workflows;
    private final String version;

    WorkflowResource(
            MainOrchestrator orchestrator,
            WorkflowStore workflows,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.orchestrator = orchestrator;
        this.workflows = workflows;
        this.version = version;
    }

    @GET
    @Operation(
            operationId = "listWorkflows",
            summary = "List the workflows that can be started",
            description = "By id. Texts that have only been run once aren't workflows of the list.")
    public WorkflowList list() {
        return new WorkflowList(
                workflows.current().stream().map(WorkflowResource::summary).toList());
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, YAML, X_YAML, TEXT_YAML})
    @Operation(
            operationId = "createWorkflow",
            summary = "Store a definition under the id that its text gives",
            description =
                    "Like a PUT, for those who don't want to take the id out of the text first.")
    @APIResponse(responseCode = "201", description = "A workflow or a revision was stored.")
    @APIResponse(responseCode = "200", description = "The text was the current revision already.")
    @APIResponse(responseCode = "422", description = "The text has errors; nothing was stored.")
    public Response create(
            @Parameter(description = WHY) @QueryParam("message") @Nullable String message,
            byte @Nullable [] body,
            @Context HttpHeaders headers) {
        var source = Definitions.source(body, headers);
        var saved = orchestrator.save(new SaveWorkflow(source, null, 0, ORIGIN, null, message));
        return answer(saved, saved.created());
    }

    @PUT
    @Path("/{workflow}")
    @Consumes({MediaType.APPLICATION_JSON, YAML, X_YAML, TEXT_YAML})
    @Operation(
            operationId = "putWorkflow",
            summary = "Store a definition as the workflow's current revision",
            description =
                    "The body is the text itself, JSON or YAML by Content-Type. Everything that is"
                            + " wrong with it is answered at once, and then nothing is stored. The"
                            + " same text again makes no new revision.")
    @APIResponse(responseCode = "201", description = "The workflow is new.")
    @APIResponse(responseCode = "200", description = "The workflow has this text now.")
    @APIResponse(responseCode = "409", description = "A file owns it, or somebody saved meanwhile.")
    @APIResponse(responseCode = "412", description = "It isn't as If-Match or If-None-Match says.")
    @APIResponse(responseCode = "422", description = "The text has errors; nothing was stored.")
    public Response put(
            @Parameter(description = "Namespace and id, such as `sales.nightly-orders`.")
                    String workflow,
            @Parameter(description = "The ETag of the revision that was edited; refuses later ones")
                    @HeaderParam("If-Match")
                    @Nullable String ifMatch,
            @Parameter(description = "`*` refuses where the workflow exists")
                    @HeaderParam("If-None-Match")
                    @Nullable String ifNoneMatch,
            @Parameter(description = WHY) @QueryParam("message") @Nullable String message,
            byte @Nullable [] body,
            @Context HttpHeaders headers) {
        var stored = workflows.workflow(workflow).filter(head -> !head.deleted);
        int seen = Tags.seen(ifMatch);
        requireUnchanged(workflow, stored, ifMatch, seen, ifNoneMatch);
        var source = Definitions.source(body, headers);
        var saved =
                orchestrator.save(new SaveWorkflow(source, workflow, seen, ORIGIN, null, message));
        return answer(saved, stored.isEmpty());
    }

    private static void requireUnchanged(
            String workflow,
            Optional<WorkflowHead> stored,
            @Nullable String ifMatch,
            int seen,
            @Nullable String ifNoneMatch) {
        if (ifMatch != null && stored.isEmpty()) {
            throw new HttpRefusal(
                    ProblemKind.CHANGED_MEANWHILE,
                    "There is no workflow '%s' to match.".formatted(workflow));
        }
        if (seen > 0 && stored.isPresent() && stored.get().revisionNumber != seen) {
            throw new HttpRefusal(
                    ProblemKind.CHANGED_MEANWHILE,
                    "Workflow '%s' is at revision %d now, not %d: somebody saved meanwhile."
                            .formatted(workflow, stored.get().revisionNumber, seen));
        }
        if (ifNoneMatch != null && ifNoneMatch.strip().equals(Tags.ANY) && stored.isPresent()) {
            throw new HttpRefusal(
                    ProblemKind.CHANGED_MEANWHILE,
                    "Workflow '%s' exists already.".formatted(workflow));
        }
    }

    private static Response answer(Saved saved, boolean created) {
        var revision = saved.revision();
        var body =
                new SavedWorkflow(
                        revision.workflow,
                        revision.number,
                        saved.created(),
                        ProblemDetail.Item.of(saved.loaded().problems()));
        return Response.status(created ? 201 : 200)
                .location(URI.create("/api/workflows/" + revision.workflow))
                .header("ETag", Tags.of(revision.number))
                .entity(body)
                .build();
    }

    @POST
    @Path("/validate")
    @Consumes({MediaType.APPLICATION_JSON, YAML, X_YAML, TEXT_YAML})
    @Produces({MediaType.APPLICATION_JSON, Sarif.MEDIA_TYPE})
    @Operation(
            operationId = "validateWorkflow",
            summary = "Say everything that is wrong with a definition",
            description =
                    "Nothing is stored. A text with errors is an answer too, with status 200."
                            + " Those who accept SARIF 2.1.0 first get that.")
    @APIResponse(
            responseCode = "200",
            description = "What is wrong.",
            content = @Content(schema = @Schema(implementation = CheckedWorkflow.class)))
    public Response validate(byte @Nullable [] body, @Context HttpHeaders headers) {
        var source = Definitions.source(body, headers);
        var loaded = orchestrator.check(source);
        if (headers.getAcceptableMediaTypes().getFirst().toString().startsWith(Sarif.MEDIA_TYPE)) {
            var checked = new Sarif.Checked(source.name(), loaded.problems());
            var log = Json.write(Sarif.log(version, List.of(checked)));
            return Response.ok(log, Sarif.MEDIA_TYPE).build();
        }
        var workflow = loaded.workflow();
        var valid = !loaded.hasErrors();
        var answer =
                new CheckedWorkflow(
                        valid,
                        workflow == null ? null : workflow.qualifiedId(),
                        workflow == null || !valid ? null : workflow.inputs(),
                        ProblemDetail.Item.of(loaded.problems()));
        return Response.ok(answer, MediaType.APPLICATION_JSON).build();
    }

    @GET
    @Path("/{workflow}")
    @Operation(operationId = "getWorkflow", summary = "A workflow with its current text")
    @APIResponse(responseCode = "404", description = "There is no such workflow.")
    public Response get(String workflow) {
        var head = existing(workflow);
        var revision = current(head);
        var body =
                new WorkflowView(
                        head.id,
                        head.namespace,
                        head.name,
                        head.description,
                        Views.labels(head.labels),
                        revision.number,
                        head.origin,
                        Views.instant(head.updatedAt),
                        revision.format,
                        revision.source);
        return Response.ok(body).header("ETag", Tags.of(revision.number)).build();
    }

    @DELETE
    @Path("/{workflow}")
    @Operation(
            operationId = "deleteWorkflow",
            summary = "Take a workflow off the list",
            description = "It can't be started any more. Its revisions and runs stay.")
    @APIResponse(responseCode = "204", description = "It is off the list.")
    @APIResponse(responseCode = "404", description = "There is no such workflow.")
    @APIResponse(responseCode = "409", description = "A file owns it: delete the file.")
    public void delete(String workflow) {
        orchestrator.delete(workflow);
    }

    @GET
    @Path("/{workflow}/revisions")
    @Operation(operationId = "listRevisions", summary = "All texts of a workflow, newest first")
    public RevisionList revisions(String workflow) {
        var head = known(workflow);
        return new RevisionList(
                head.id,
                workflows.versions(head.id, Integer.MAX_VALUE, Integer.MAX_VALUE).stream()
                        .map(WorkflowResource::view)
                        .toList());
    }

    @GET
    @Path("/{workflow}/revisions/{number}")
    @Operation(operationId = "getRevision", summary = "One text of a workflow")
    public RevisionView revision(String workflow, int number) {
        var head = known(workflow);
        return workflows
                .revision(head.id, number)
                .map(revision -> view(revision))
                .orElseThrow(
                        () ->
                                new Refusal.NotFound(
                                        "Workflow '%s' has no revision %d; the newest is %d."
                                                .formatted(head.id, number, head.revisionNumber)));
    }

    private WorkflowHead existing(String workflow) {
        return workflows
                .workflow(workflow)
                .filter(head -> !head.deleted && head.revision != null)
                .orElseThrow(() -> unknown(workflow));
    }

    private WorkflowHead known(String workflow) {
        return workflows.workflow(workflow).orElseThrow(() -> unknown(workflow));
    }

    private Revision current(WorkflowHead head) {
        var id = head.revision;
        return Optional.ofNullable(id)
                .flatMap(workflows::revision)
                .orElseThrow(() -> unknown(head.id));
    }

    private static Refusal.NotFound unknown(String workflow) {
        return new Refusal.NotFound(
                "There is no workflow '%s'. GET /api/workflows lists them."
                        .formatted(Views.shown(workflow)));
    }

    private static WorkflowSummary summary(WorkflowHead head) {
        return new WorkflowSummary(
                head.id,
                head.namespace,
                head.name,
                head.description,
                Views.labels(head.labels),
                head.revisionNumber,
                head.origin,
                Views.instant(head.updatedAt));
    }

    private static RevisionView view(Version version) {
        return new RevisionView(
                version.number(),
                version.hash(),
                version.format(),
                version.origin(),
                version.author(),
                version.message(),
                version.savedAt(),
                null);
    }

    private static RevisionView view(Revision revision) {
        return new RevisionView(
                revision.number,
                revision.hash,
                revision.format,
                revision.origin,
                revision.author,
                revision.message,
                Views.instant(revision.createdAt),
                revision.source);
    }
}
