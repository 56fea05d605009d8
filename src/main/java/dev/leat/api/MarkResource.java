package dev.leat.api;

import dev.leat.api.OperationBodies.MarkBody;
import dev.leat.api.OperationBodies.ReasonBody;
import dev.leat.engine.Operations;
import dev.leat.engine.Operations.Mark;
import dev.leat.engine.report.RunReports;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Says how a task has ended. Apart from [OperationResource], because a request goes to the class
/// whose path fits best: [TaskResource]'s.
@Path("/api/runs/{run}/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operations")
@RunOnVirtualThread
class MarkResource {

    private final Operations operations;
    private final RunReports reports;

    MarkResource(Operations operations, RunReports reports) {
        this.operations = operations;
        this.reports = reports;
    }

    @POST
    @Path("/{task}/mark")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "markTask",
            summary = "Say how a task of an unfinished run has ended",
            description =
                    "An attempt that runs is stopped first; the run goes on as if the task had"
                            + " ended so. For a run that has ended, run it again with `mark`.")
    @APIResponse(responseCode = "202", description = "It has ended so, or will in a moment.")
    @APIResponse(responseCode = "409", description = "The task or the run has ended already.")
    @RequestBody(content = @Content(schema = @Schema(implementation = MarkBody.class)))
    public Response mark(
            String run,
            String task,
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] bytes) {
        var body = JsonBody.read(bytes, Set.of("state", "output", "message", "reason"));
        var mark = Marks.one(body);
        var request = Asker.of(client, actor, body.text("reason"));
        body.check();
        return accepted(operations.mark(reports.run(run).id, task, mark, request).id);
    }

    @POST
    @Path("/{task}/skip")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "skipTask",
            summary = "Skip a task of an unfinished run",
            description = "The same as marking it SKIPPED.")
    @APIResponse(responseCode = "202", description = "It is skipped, or will be in a moment.")
    @APIResponse(responseCode = "409", description = "The task or the run has ended already.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ReasonBody.class)))
    public Response skip(
            String run,
            String task,
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] bytes) {
        var request = Asker.of(client, actor, OperationResource.reason(bytes));
        var mark = new Mark("SKIPPED", null, null);
        return accepted(operations.mark(reports.run(run).id, task, mark, request).id);
    }

    private Response accepted(long run) {
        return Response.accepted(reports.report(run)).build();
    }
}
