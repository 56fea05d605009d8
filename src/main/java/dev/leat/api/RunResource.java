package dev.leat.api;

import dev.leat.api.RunBodies.CancelBody;
import dev.leat.api.RunBodies.OneOffBody;
import dev.leat.api.RunBodies.RunPage;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.RunReports;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.workflow.WorkflowLoader.Source;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs", description = "Start runs, find them, end them.")
@RunOnVirtualThread
class RunResource {

    static final String WAIT =
            "Hold the request until the run has ended, at most this long (`30s`).";
    static final String DRY_RUN =
            "`true`: answer with what the run would do; nothing is stored and nothing starts.";
    static final String KEY =
            "Makes the request safe to repeat: the same key again answers the run it started.";

    private final RunStarter starter;
    private final MainOrchestrator orchestrator;
    private final RunReports reports;
    private final RunStore runs;
    private final ApiConfig config;

    RunResource(
            RunStarter starter,
            MainOrchestrator orchestrator,
            RunReports reports,
            RunStore runs,
            ApiConfig config) {
        this.starter = starter;
        this.orchestrator = orchestrator;
        this.reports = reports;
        this.runs = runs;
        this.config = config;
    }

    @POST
    @Path("/runs")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "startOneOff",
            summary = "Run a definition once",
            description = "The text is kept as a revision, but doesn't become the current one.")
    @APIResponse(responseCode = "202", description = "It runs; Location says where to look.")
    @APIResponse(responseCode = "200", description = "It has ended already, or is a replay.")
    @APIResponse(responseCode = "422", description = "The text or the inputs have errors.")
    @RequestBody(content = @Content(schema = @Schema(implementation = OneOffBody.class)))
    public Response startOneOff(
            @Parameter(description = WAIT) @QueryParam("wait") @Nullable String wait,
            @Parameter(description = KEY) @HeaderParam("Idempotency-Key") @Nullable String key,
            @Parameter(description = DRY_RUN) @QueryParam("dryRun") @Nullable String dryRun,
            @HeaderParam("Leat-Client") @Nullable String client,
            byte @Nullable [] bytes) {
        var body =
                JsonBody.read(
                        bytes, Set.of("definition", "format", "inputs", "labels", "priority"));
        var inputs = body.object("inputs");
        var labels = body.texts("labels");
        var format = body.text("format");
        var definition = definition(body, format);
        var priority = RunStarter.priority(body);
        body.check();
        return starter.start(
                new RunStarter.Asked(
                        null, definition, 0, inputs, labels, priority, client, key, wait, dryRun));
    }

    private static @Nullable Source definition(JsonBody body, @Nullable String format) {
        return switch (body.value("definition")) {
            case String text -> Definitions.source(text, format);
            case Map<?, ?> object -> Definitions.source(Json.writePretty(object), "json");
            case null, default -> {
                body.wrongType("definition", "a workflow: an object, or JSON or YAML as text");
                yield null;
            }
        };
    }

    @GET
    @Path("/runs")
    @Operation(
            operationId = "listRuns",
            summary = "List runs, newest first",
            description =
                    "`next` and the header Link lead on; pages don't shift as runs are added.")
    public Response list(
            @QueryParam("workflow") @Nullable String workflow,
            @Parameter(description = "Such as `failed`.") @QueryParam("state")
                    @Nullable String state,
            @Parameter(description = "Such as `api` or `cli`.") @QueryParam("trigger")
                    @Nullable String trigger,
            @Parameter(description = "Made at this time or later.") @QueryParam("since")
                    @Nullable String since,
            @Parameter(description = "Made before this time.") @QueryParam("until")
                    @Nullable String until,
            @Parameter(description = "Has this label: `name=value`. May be given several times.")
                    @QueryParam("label")
                    List<String> label,
            @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "The last run of the page before; `next` has it.")
                    @QueryParam("cursor")
                    @Nullable String cursor,
            @Context UriInfo uri) {
        var filter =
                new RunStore.Filter(
                        workflow,
                        Query.word("state", state, RunState.class),
                        trigger,
                        Query.instant("since", since),
                        Query.instant("until", until),
                        Query.labels(label));
        int size = Query.number("limit", limit, config.pageSize(), 1, config.largestPage());
        // One more than asked for tells whether there is a next page.
        var found = runs.latest(filter, Query.run("cursor", cursor, Long.MAX_VALUE), size + 1);
        var page = found.subList(0, Math.min(size, found.size()));
        var next =
                found.size() <= size
                        ? null
                        : Links.with(uri, "cursor", Ids.text(page.getLast().id));
        var answer = Response.ok(new RunPage(page.stream().map(reports::summary).toList(), next));
        return next == null
                ? answer.build()
                : answer.header("Link", "<" + next + ">; rel=\"next\"").build();
    }

    @GET
    @Path("/runs/{run}")
    @Operation(
            operationId = "getRun",
            summary = "A run with all its tasks and attempts",
            description = "Tasks that haven't started are there too, with what they wait for.")
    @APIResponse(responseCode = "404", description = "There is no such run.")
    public RunReport get(String run) {
        return reports.reportWithReruns(run);
    }

    @POST
    @Path("/runs/{run}/cancel")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "cancelRun",
            summary = "Ask a run to end",
            description =
                    "Running tasks are stopped, handlers and `finally` still run. Safe to repeat.")
    @APIResponse(responseCode = "202", description = "It is asked to end; it may take a moment.")
    @APIResponse(responseCode = "409", description = "It has ended otherwise.")
    @RequestBody(content = @Content(schema = @Schema(implementation = CancelBody.class)))
    public Response cancel(
            String run,
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] bytes) {
        var body = JsonBody.read(bytes, Set.of("reason"));
        var reason = body.text("reason");
        body.check();
        var stored = reports.run(run);
        var cancelled = orchestrator.cancel(stored.id, Asker.of(client, actor, reason));
        return Response.accepted(reports.report(cancelled.id)).build();
    }
}
