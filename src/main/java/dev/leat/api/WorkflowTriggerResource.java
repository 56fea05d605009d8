package dev.leat.api;

import dev.leat.api.OperationBodies.ReasonBody;
import dev.leat.api.TriggerBodies.ExpectedFires;
import dev.leat.api.TriggerBodies.FireNowBody;
import dev.leat.api.TriggerBodies.FiredBody;
import dev.leat.api.TriggerBodies.TriggerList;
import dev.leat.engine.firing.TriggerSteering;
import dev.leat.engine.report.FireReport;
import dev.leat.engine.report.RunReports;
import dev.leat.engine.report.TriggerReport;
import dev.leat.engine.report.TriggerReports;
import dev.leat.store.Ids;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Apart from [TriggerResource], because a request goes to the class whose path fits best.
@Path("/api/workflows/{workflow}/triggers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Triggers")
@RunOnVirtualThread
class WorkflowTriggerResource {

    private static final int NEXT = 10;
    private static final int MOST_NEXT = 1_000;

    private final TriggerSteering steering;
    private final TriggerReports reports;
    private final RunReports runs;

    WorkflowTriggerResource(TriggerSteering steering, TriggerReports reports, RunReports runs) {
        this.steering = steering;
        this.reports = reports;
        this.runs = runs;
    }

    @GET
    @Operation(operationId = "listTriggersOfWorkflow", summary = "The triggers of one workflow")
    @APIResponse(responseCode = "404", description = "There is no such workflow.")
    public TriggerList list(String workflow) {
        return new TriggerList(reports.of(workflow), null);
    }

    @GET
    @Path("/{trigger}")
    @Operation(
            operationId = "getTrigger",
            summary = "A trigger: what it does, its next fires, and how it stands")
    @APIResponse(responseCode = "404", description = "There is no such trigger.")
    public TriggerReport get(String workflow, String trigger) {
        return reports.get(workflow, trigger);
    }

    @GET
    @Path("/{trigger}/next")
    @Operation(
            operationId = "previewTrigger",
            summary = "When a trigger is expected to fire",
            description =
                    "With its bounds, its calendar and blackouts as they are now. What is skipped"
                            + " is among them, marked.")
    @APIResponse(responseCode = "404", description = "There is no such trigger.")
    public ExpectedFires next(
            String workflow,
            String trigger,
            @Parameter(description = "The first moment that counts; now if left out.")
                    @QueryParam("from")
                    @Nullable String from,
            @QueryParam("count") @Nullable String count) {
        return new ExpectedFires(
                reports.next(
                        workflow,
                        trigger,
                        Query.moment("from", from),
                        Query.number("count", count, NEXT, 1, MOST_NEXT)));
    }

    @POST
    @Path("/{trigger}/pause")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "pauseTrigger",
            summary = "Hold a trigger up",
            description =
                    "Until somebody resumes it, each of its fires is skipped, and the ledger says so.")
    @APIResponse(responseCode = "200", description = "It is paused.")
    @APIResponse(responseCode = "404", description = "There is no such trigger.")
    @APIResponse(responseCode = "409", description = "It was paused already; says by whom.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ReasonBody.class)))
    public TriggerReport pause(
            String workflow,
            String trigger,
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] bytes) {
        var request = Asker.of(client, actor, reason(bytes));
        return reports.report(steering.pause(workflow, trigger, request));
    }

    @POST
    @Path("/{trigger}/resume")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "resumeTrigger",
            summary = "Let a paused trigger fire again",
            description = "From now on: what it skipped isn't made up for.")
    @APIResponse(responseCode = "200", description = "It fires again.")
    @APIResponse(responseCode = "404", description = "There is no such trigger.")
    @APIResponse(responseCode = "409", description = "It isn't paused.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ReasonBody.class)))
    public TriggerReport resume(
            String workflow,
            String trigger,
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] bytes) {
        var request = Asker.of(client, actor, reason(bytes));
        return reports.report(steering.resume(workflow, trigger, request));
    }

    @POST
    @Path("/{trigger}/fire")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "fireTrigger",
            summary = "Start a run as if the trigger fired now",
            description =
                    "Paused or not, and whatever calendars say. What limits runs counts all the"
                            + " same. It is in the ledger when this answers.")
    @APIResponse(
            responseCode = "202",
            description = "It runs; Location says where to look.",
            content = @Content(schema = @Schema(implementation = FiredBody.class)))
    @APIResponse(responseCode = "404", description = "There is no such trigger.")
    @APIResponse(responseCode = "409", description = "Too many of its runs go on.")
    @APIResponse(responseCode = "422", description = "The run can't be started: see why.")
    @RequestBody(content = @Content(schema = @Schema(implementation = FireNowBody.class)))
    public Response fire(
            String workflow,
            String trigger,
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] bytes) {
        var body = JsonBody.read(bytes, Set.of("inputs", "reason"));
        var inputs = body.has("inputs") ? body.object("inputs") : null;
        var request = Asker.of(client, actor, body.text("reason"));
        body.check();
        var fire = steering.fireNow(workflow, trigger, request, inputs).fire();
        long run = Objects.requireNonNull(fire.run());
        return Response.accepted(
                        new FiredBody(FireReport.of(fire), runs.reportOfStored(run).orElse(null)))
                .header(HttpHeaders.LOCATION, "/api/runs/" + Ids.text(run))
                .build();
    }

    private static @Nullable String reason(byte @Nullable [] bytes) {
        var body = JsonBody.read(bytes, Set.of("reason"));
        var reason = body.text("reason");
        body.check();
        return reason;
    }
}
