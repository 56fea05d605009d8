package dev.leat.api;

import dev.leat.api.RunBodies.StartBody;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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

/// Apart from [RunResource], because a request goes to the class whose path fits best, and is not
/// looked for elsewhere: [WorkflowResource] would have this one.
@Path("/api/workflows/{workflow}/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
class StartResource {

    private final RunStarter starter;

    StartResource(RunStarter starter) {
        this.starter = starter;
    }

    @POST
    @NonBlocking
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "startRun",
            summary = "Start a run of a workflow",
            description =
                    "The run is on disk when the answer comes. Without a body the workflow's"
                            + " defaults are its inputs.")
    @APIResponse(responseCode = "202", description = "It runs; Location says where to look.")
    @APIResponse(responseCode = "200", description = "It has ended already, or is a replay.")
    @APIResponse(responseCode = "404", description = "There is no such workflow.")
    @APIResponse(responseCode = "422", description = "The inputs don't fit; nothing was started.")
    @RequestBody(content = @Content(schema = @Schema(implementation = StartBody.class)))
    public Uni<Response> start(
            String workflow,
            @Parameter(description = RunResource.WAIT) @QueryParam("wait") @Nullable String wait,
            @Parameter(description = RunResource.KEY) @HeaderParam("Idempotency-Key")
                    @Nullable String key,
            @Parameter(description = RunResource.DRY_RUN) @QueryParam("dryRun")
                    @Nullable String dryRun,
            @HeaderParam("Leat-Client") @Nullable String client,
            byte @Nullable [] bytes) {
        return starter.onItsOwnThread(
                () -> {
                    var body =
                            JsonBody.read(
                                    bytes, Set.of("inputs", "labels", "revision", "priority"));
                    var revision = body.number("revision");
                    var inputs = body.object("inputs");
                    var labels = body.texts("labels");
                    var priority = RunStarter.priority(body);
                    body.check();
                    return new RunStarter.Asked(
                            workflow, null, revision, inputs, labels, priority, client, key, wait,
                            dryRun);
                });
    }
}
