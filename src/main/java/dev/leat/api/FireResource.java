package dev.leat.api;

import dev.leat.api.TriggerBodies.FireList;
import dev.leat.engine.report.TriggerReports;
import dev.leat.store.Fire;
import dev.leat.store.Ids;
import dev.leat.store.TriggerStore.Filter;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/fires")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Triggers")
@RunOnVirtualThread
class FireResource {

    private final TriggerReports reports;
    private final ApiConfig config;

    FireResource(TriggerReports reports, ApiConfig config) {
        this.reports = reports;
        this.config = config;
    }

    @GET
    @Operation(
            operationId = "listFires",
            summary = "The ledger: what each expected fire came to, newest first",
            description = "Pages go by key and don't shift as fires are added.")
    public FireList list(
            @QueryParam("workflow") @Nullable String workflow,
            @QueryParam("trigger") @Nullable String trigger,
            @Parameter(description = "DUE, HELD, STARTED, SKIPPED, CATCH_UP or MISSED.")
                    @QueryParam("state")
                    @Nullable String state,
            @Parameter(description = "Only those that a backfill asked for.")
                    @QueryParam("backfill")
                    @Nullable String backfill,
            @Parameter(description = "The first nominal moment that counts.") @QueryParam("since")
                    @Nullable String since,
            @Parameter(description = "The first that doesn't any more.") @QueryParam("until")
                    @Nullable String until,
            @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "The last fire of the page before; `next` has it.")
                    @QueryParam("cursor")
                    @Nullable String cursor,
            @Context UriInfo uri) {
        int size = Query.number("limit", limit, config.pageSize(), 1, config.largestPage());
        var filter =
                new Filter(
                        workflow,
                        trigger,
                        Query.word("state", state, Fire.State.class),
                        id("backfill", backfill),
                        Query.moment("since", since),
                        Query.moment("until", until));
        var before = id("cursor", cursor);
        var found = reports.fires(filter, before == null ? Long.MAX_VALUE : before, size + 1);
        return found.size() <= size
                ? new FireList(found, null)
                : new FireList(
                        found.subList(0, size),
                        Links.with(uri, "cursor", found.get(size - 1).id()));
    }

    private static @Nullable Long id(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        var id = Ids.parse(text);
        if (id < 0) {
            throw Query.bad("The query parameter '%s' must be an id.".formatted(name));
        }
        return id;
    }
}
