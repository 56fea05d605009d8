package dev.leat.api;

import dev.leat.engine.Approvals;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.report.ApprovalReport;
import dev.leat.engine.report.RunReports;
import dev.leat.engine.report.TaskReport;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/approvals")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Approvals", description = "Questions that tasks ask people.")
@RunOnVirtualThread
class ApprovalResource {

    private static final int MOST = 1_000;

    private final Approvals approvals;
    private final MainOrchestrator orchestrator;
    private final RunReports reports;
    private final ApiConfig config;

    ApprovalResource(
            Approvals approvals,
            MainOrchestrator orchestrator,
            RunReports reports,
            ApiConfig config) {
        this.approvals = approvals;
        this.orchestrator = orchestrator;
        this.reports = reports;
        this.config = config;
    }

    @GET
    @Operation(
            operationId = "listApprovals",
            summary = "The questions that wait for an answer, oldest first")
    public ApprovalList list(@QueryParam("limit") @Nullable String limit) {
        int most = Query.number("limit", limit, config.pageSize(), 1, MOST);
        return new ApprovalList(approvals.open(most).stream().map(ApprovalReport::of).toList());
    }

    @GET
    @Path("/{run}/{task}")
    @Operation(operationId = "getApproval", summary = "The question that a task asks")
    @APIResponse(responseCode = "404", description = "There is no such run.")
    @APIResponse(responseCode = "409", description = "The task asks nothing at the moment.")
    public ApprovalReport get(String run, String task) {
        return ApprovalReport.of(approvals.open(reports.run(run).id, task));
    }

    @POST
    @Path("/{run}/{task}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "decideApproval",
            summary = "Answer the question that a task asks",
            description = "The first answer counts. It is on disk when this answers.")
    @APIResponse(responseCode = "202", description = "It is answered; the task goes on by it.")
    @APIResponse(responseCode = "403", description = "Others are asked.")
    @APIResponse(responseCode = "409", description = "It is answered already, or asks nothing.")
    @APIResponse(responseCode = "422", description = "The values don't fit the form.")
    @RequestBody(content = @Content(schema = @Schema(implementation = DecisionBody.class)))
    public Response decide(String run, String task, byte @Nullable [] bytes) {
        var body = JsonBody.read(bytes, Set.of("decision", "values", "comment", "by"));
        var decision = body.text("decision");
        if (!"approved".equals(decision) && !"rejected".equals(decision)) {
            body.wrongType("decision", "'approved' or 'rejected'");
        }
        var values = body.object("values");
        var comment = body.text("comment");
        var by = body.text("by");
        body.check();
        var key = reports.run(run).id;
        orchestrator.decide(
                key,
                task,
                new Approvals.Decision("approved".equals(decision), values, comment, by));
        TaskReport report = reports.task(run, task);
        return Response.accepted(report).build();
    }

    @RegisterForReflection
    @Schema(name = "ApprovalList")
    record ApprovalList(List<ApprovalReport> approvals) {}

    @RegisterForReflection
    @Schema(name = "Decision")
    record DecisionBody(
            @Schema(description = "`approved` or `rejected`.", required = true) String decision,
            @Schema(description = "What the form asks for.") Map<String, Object> values,
            @Schema(description = "Kept with the answer.") String comment,
            @Schema(description = "Who answers.") String by) {}
}
