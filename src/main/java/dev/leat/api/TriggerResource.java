package dev.leat.api;

import dev.leat.api.TriggerBodies.TriggerList;
import dev.leat.engine.report.TriggerReports;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/triggers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Triggers", description = "What starts runs by itself, and what came of each fire.")
@RunOnVirtualThread
class TriggerResource {

    private static final Set<String> TYPES =
            Set.of("cron", "interval", "once", "webhook", "workflow", "file");

    private final TriggerReports reports;
    private final ApiConfig config;

    TriggerResource(TriggerReports reports, ApiConfig config) {
        this.reports = reports;
        this.config = config;
    }

    @GET
    @Operation(
            operationId = "listTriggers",
            summary = "The triggers of all workflows",
            description = "By workflow, and in the order of its definition.")
    public TriggerList list(
            @QueryParam("workflow") @Nullable String workflow,
            @QueryParam("type") @Nullable String type,
            @Parameter(description = "Whether somebody holds it up.") @QueryParam("paused")
                    @Nullable String paused,
            @Parameter(description = "Whether the definition lets it fire.") @QueryParam("enabled")
                    @Nullable String enabled,
            @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "The last one of the page before; `next` has it.")
                    @QueryParam("after")
                    @Nullable String after,
            @Context UriInfo uri) {
        if (type != null && !TYPES.contains(type)) {
            throw Query.bad(
                    "The query parameter 'type' must be one of cron, interval, once, webhook, workflow, file.");
        }
        int size = Query.number("limit", limit, config.pageSize(), 1, config.largestPage());
        var question =
                new TriggerReports.Question(
                        workflow, type, flag("paused", paused), flag("enabled", enabled));
        var found = reports.list(question, after, size + 1);
        if (found.size() <= size) {
            return new TriggerList(found, null);
        }
        var last = found.get(size - 1);
        return new TriggerList(
                found.subList(0, size),
                Links.with(uri, "after", last.workflow() + "/" + last.id()));
    }

    private static @Nullable Boolean flag(String name, @Nullable String text) {
        return text == null ? null : Query.flag(name, text);
    }
}
