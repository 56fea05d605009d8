package dev.leat.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leat.engine.report.NodeReport;
import dev.leat.engine.report.NodeReports;
import dev.leat.store.Ids;
import dev.leat.store.ListedRun;
import dev.leat.store.RunState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/nodes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Nodes", description = "The processes that share the work, and who carries what.")
@RunOnVirtualThread
class NodeResource {

    private static final int RUNS = 100;

    private final NodeReports nodes;
    private final ApiConfig config;

    NodeResource(NodeReports nodes, ApiConfig config) {
        this.nodes = nodes;
        this.config = config;
    }

    @GET
    @Operation(
            operationId = "listNodes",
            summary = "The nodes: those that carry runs, then the latest that did",
            description = "A node that was cut off and came back is another one.")
    public NodeList list(@QueryParam("limit") @Nullable String limit) {
        return new NodeList(
                nodes.latest(
                        Query.number("limit", limit, config.pageSize(), 1, config.largestPage())));
    }

    @GET
    @Path("/{node}")
    @Operation(
            operationId = "getNode",
            summary = "A node with the unfinished runs that it carries",
            description = "Oldest first, 100 at once; `next` leads on.")
    @APIResponse(responseCode = "404", description = "There is no such node.")
    public NodeDetail get(
            String node,
            @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "The last run of the page before; `next` has it.")
                    @QueryParam("cursor")
                    @Nullable String cursor,
            @Context UriInfo uri) {
        var found = nodes.node(node);
        int size = Query.number("limit", limit, RUNS, 1, config.largestPage());
        // One more than asked for tells whether there is a next page.
        var runs = nodes.runs(found, Query.run("cursor", cursor, 0), size + 1);
        var page = runs.subList(0, Math.min(size, runs.size()));
        return new NodeDetail(
                found,
                page.stream().map(CarriedRun::of).toList(),
                runs.size() <= size
                        ? null
                        : Links.with(uri, "cursor", Ids.text(page.getLast().id)));
    }

    @RegisterForReflection
    @Schema(name = "NodeList")
    record NodeList(List<NodeReport> nodes) {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "NodeDetail")
    record NodeDetail(
            NodeReport node,
            List<CarriedRun> runs,
            @Schema(description = "The address of the next page; none on the last one.")
                    @Nullable String next) {}

    @RegisterForReflection
    @Schema(name = "CarriedRun", description = "An unfinished run of a node.")
    record CarriedRun(String id, String workflow, RunState state) {

        static CarriedRun of(ListedRun run) {
            return new CarriedRun(Ids.text(run.id), run.workflow, run.state);
        }
    }
}
