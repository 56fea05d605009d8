package dev.leat.api;

import dev.leat.engine.report.RunComparison;
import dev.leat.engine.report.RunComparisons;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/runs/{run}/compare")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operations")
@RunOnVirtualThread
class CompareResource {

    private final RunComparisons comparisons;

    CompareResource(RunComparisons comparisons) {
        this.comparisons = comparisons;
    }

    @GET
    @Operation(
            operationId = "compareWithSuccess",
            summary = "Compare a run with the last success before it",
            description = "That success is `one`, this run is `other`.")
    @APIResponse(responseCode = "404", description = "There is no such run, or no such success.")
    public RunComparison withSuccess(String run) {
        return comparisons.withLastSuccess(run);
    }

    @GET
    @Path("/{other}")
    @Operation(
            operationId = "compareRuns",
            summary = "Compare two runs",
            description =
                    "Inputs, definition, tasks with their times and outputs, and the first line"
                            + " that each task wrote differently; times in lines don't count.")
    @APIResponse(responseCode = "404", description = "There is no such run.")
    public RunComparison compare(String run, String other) {
        return comparisons.compare(run, other);
    }
}
