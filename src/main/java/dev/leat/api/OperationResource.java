package dev.leat.api;

import dev.leat.api.OperationBodies.LabelBody;
import dev.leat.api.OperationBodies.OperationPage;
import dev.leat.api.OperationBodies.ReasonBody;
import dev.leat.api.OperationBodies.RerunBody;
import dev.leat.engine.Operations;
import dev.leat.engine.Operations.Rerun;
import dev.leat.engine.report.OperationReport;
import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.RunReports;
import dev.leat.store.Ids;
import dev.leat.store.OperationStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What people do with a run that is there, and what they did.
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operations", description = "Hold runs up, run them again, see who did what and why.")
@RunOnVirtualThread
class OperationResource {

    private final Operations operations;
    private final RunStarter starter;
    private final OperationStore store;
    private final RunReports reports;
    private final ApiConfig config;

    OperationResource(
            Operations operations,
            RunStarter starter,
            OperationStore store,
            RunReports reports,
            ApiConfig config) {
        this.operations = operations;
        this.starter = starter;
        this.store = store;
        this.reports = reports;
        this.config = config;
    }

    @POST
    @Path("/runs/{run}/pause")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "pauseRun",
            summary = "Hold a run up",
            description =
                    "Nothing new begins, what runs ends; the run's timeout goes on. Safe to repeat.")
    @APIResponse(responseCode = "202", description = "It is paused, or will be in a moment.")
    @APIResponse(responseCode = "409", description = "It has ended, or is being ended.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ReasonBody.class)))
    public Response pause(
            String run,
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] bytes) {
        var request = Asker.of(client, actor, reason(bytes));
        return accepted(operations.pause(reports.run(run).id, request).id);
    }

    @POST
    @Path("/runs/{run}/resume")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "resumeRun", summary = "Let a paused run go on")
    @APIResponse(responseCode = "202", description = "It goes on.")
    @APIResponse(responseCode = "409", description = "It isn't paused.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ReasonBody.class)))
    public Response resume(
            String run,
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] bytes) {
        var request = Asker.of(client, actor, reason(bytes));
        return accepted(operations.resume(reports.run(run).id, request).id);
    }

    @POST
    @Path("/runs/{run}/rerun")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "rerunRun",
            summary = "Run again what has ended, from where it failed or from anywhere",
            description =
                    "Makes a new run: the other one's end stays as it is. Results of tasks that"
                            + " are kept are taken over, `onFailure` and `finally` tasks never.")
    @APIResponse(responseCode = "202", description = "It runs; Location says where to look.")
    @APIResponse(responseCode = "200", description = "It has ended already, or is a replay.")
    @APIResponse(responseCode = "409", description = "The run hasn't ended, or nothing failed.")
    @APIResponse(responseCode = "422", description = "The inputs, a task or a mark don't fit.")
    @RequestBody(content = @Content(schema = @Schema(implementation = RerunBody.class)))
    public Response rerun(
            String run,
            @Parameter(description = RunResource.WAIT) @QueryParam("wait") @Nullable String wait,
            @Parameter(description = RunResource.KEY) @HeaderParam("Idempotency-Key")
                    @Nullable String key,
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] bytes) {
        var body = JsonBody.read(bytes, Set.of("from", "inputs", "revision", "mark", "reason"));
        var from = body.text("from");
        var inputs = body.has("inputs") ? body.object("inputs") : null;
        var revision = revision(body);
        var marks = Marks.several(body);
        var request = Asker.of(client, actor, body.text("reason"));
        body.check();
        var stored = reports.run(run).id;
        return starter.start(
                key,
                wait,
                checked ->
                        operations.rerun(
                                new Rerun(
                                        stored,
                                        from == null ? "failed" : from,
                                        inputs,
                                        revision,
                                        marks,
                                        checked,
                                        request)));
    }

    private static @Nullable Integer revision(JsonBody body) {
        if (!body.has("revision")) {
            return null;
        }
        return "current".equals(body.value("revision")) ? 0 : body.number("revision");
    }

    @POST
    @Path("/runs/{run}/labels")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "labelRun",
            summary = "Change the labels of a run",
            description = "At any time, also after its end. Lists find runs by `label`.")
    @APIResponse(responseCode = "200", description = "The run with its labels.")
    @APIResponse(responseCode = "422", description = "Too many labels, or too long.")
    @RequestBody(content = @Content(schema = @Schema(implementation = LabelBody.class)))
    public RunReport label(
            String run,
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] bytes) {
        var body = JsonBody.read(bytes, Set.of("set", "remove", "reason"));
        var set = body.texts("set");
        var remove = Set.copyOf(body.list("remove"));
        var request = Asker.of(client, actor, body.text("reason"));
        body.check();
        return reports.report(operations.label(reports.run(run).id, set, remove, request).id);
    }

    @GET
    @Path("/runs/{run}/operations")
    @Operation(
            operationId = "listOperations",
            summary = "What people did with a run, who and why",
            description =
                    "Oldest first. What its node hasn't heard of yet is ASKED; what could not be"
                            + " done by then is REFUSED, and `answer` says why.")
    public OperationPage operations(
            String run,
            @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "The last operation of the page before; `next` has it.")
                    @QueryParam("after")
                    @Nullable String after,
            @Context UriInfo uri) {
        int size = Query.number("limit", limit, config.pageSize(), 1, config.largestPage());
        var found = store.of(reports.run(run).id, Query.run("after", after, 0), size + 1);
        var page = found.subList(0, Math.min(size, found.size()));
        return new OperationPage(
                page.stream().map(OperationReport::of).toList(),
                found.size() <= size
                        ? null
                        : Links.with(uri, "after", Ids.text(page.getLast().id())));
    }

    private Response accepted(long run) {
        return Response.accepted(reports.report(run)).build();
    }

    static @Nullable String reason(byte @Nullable [] bytes) {
        var body = JsonBody.read(bytes, Set.of("reason"));
        var reason = body.text("reason");
        body.check();
        return reason;
    }
}
