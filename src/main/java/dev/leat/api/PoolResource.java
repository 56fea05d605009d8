package dev.leat.api;

import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.report.PoolReport;
import dev.leat.store.PoolStore;
import dev.leat.workflow.PoolName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/pools")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Pools", description = "Named semaphores that tasks of all workflows share.")
@RunOnVirtualThread
class PoolResource {

    private final PoolStore pools;
    private final MainOrchestrator orchestrator;

    PoolResource(PoolStore pools, MainOrchestrator orchestrator) {
        this.pools = pools;
        this.orchestrator = orchestrator;
    }

    @GET
    @Operation(
            operationId = "listPools",
            summary = "The pools that were given places, and those that a task is in")
    public PoolList list() {
        return new PoolList(pools.pools().stream().map(PoolReport::of).toList());
    }

    @GET
    @Path("/{pool}")
    @Operation(
            operationId = "getPool",
            summary = "A pool and who is in",
            description =
                    "One that nobody has given a number has one place, and is no `named` one.")
    @APIResponse(responseCode = "422", description = "No pool can have this name.")
    public PoolReport get(String pool) {
        return PoolReport.of(pools.pool(PoolName.checked(pool)));
    }

    @PUT
    @Path("/{pool}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "sizePool",
            summary = "Give a pool so many places",
            description =
                    "Tasks that wait for one go on at once. With fewer places than are taken, whoever"
                            + " is in stays in; with none, nobody comes in.")
    @APIResponse(responseCode = "422", description = "The name or the number can't be used.")
    @RequestBody(content = @Content(schema = @Schema(implementation = PoolBody.class)))
    public PoolReport size(String pool, byte @Nullable [] bytes) {
        var body = JsonBody.read(bytes, Set.of("places"));
        var places = body.whole("places", 0, MainOrchestrator.MOST_PLACES, null);
        body.check();
        orchestrator.sizePool(pool, places);
        return get(pool);
    }

    @DELETE
    @Path("/{pool}")
    @Operation(
            operationId = "deletePool",
            summary = "Forget a pool's number of places",
            description = "It has one place again. Whoever is in stays in.")
    @APIResponse(responseCode = "204", description = "It is forgotten.")
    @APIResponse(responseCode = "404", description = "It was given no number of places.")
    public void delete(String pool) {
        orchestrator.removePool(pool);
    }

    @RegisterForReflection
    @Schema(name = "PoolList")
    record PoolList(List<PoolReport> pools) {}

    @RegisterForReflection
    @Schema(name = "SizePool")
    record PoolBody(@Schema(description = "From 0 to 100,000.", required = true) int places) {}
}
