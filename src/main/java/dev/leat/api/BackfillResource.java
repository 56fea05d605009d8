package dev.leat.api;

import dev.leat.api.TriggerBodies.BackfillBody;
import dev.leat.api.TriggerBodies.BackfillCancelBody;
import dev.leat.api.TriggerBodies.BackfillList;
import dev.leat.api.TriggerBodies.BackfillPreview;
import dev.leat.engine.firing.Backfills;
import dev.leat.engine.report.BackfillReport;
import dev.leat.engine.report.Moment;
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
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/backfills")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Backfills", description = "Runs for a range of a trigger's moments.")
@RunOnVirtualThread
class BackfillResource {

    private static final Set<String> FIELDS =
            Set.of("workflow", "trigger", "from", "to", "atOnce", "reason");

    private final Backfills backfills;
    private final TriggerReports reports;
    private final ApiConfig config;

    BackfillResource(Backfills backfills, TriggerReports reports, ApiConfig config) {
        this.backfills = backfills;
        this.reports = reports;
        this.config = config;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "startBackfill",
            summary = "Start runs for a range of a trigger's moments",
            description =
                    "It is on disk when this answers, and goes on whatever happens. With"
                            + " `dryRun=true` it is only said which moments these are.")
    @APIResponse(
            responseCode = "202",
            description = "It goes on; Location says where to look.",
            content = @Content(schema = @Schema(implementation = BackfillReport.class)))
    @APIResponse(
            responseCode = "200",
            description = "What it would start; nothing was.",
            content = @Content(schema = @Schema(implementation = BackfillPreview.class)))
    @APIResponse(responseCode = "404", description = "There is no such trigger.")
    @APIResponse(responseCode = "422", description = "There are too many moments, or none.")
    @RequestBody(content = @Content(schema = @Schema(implementation = BackfillBody.class)))
    public Response start(
            @QueryParam("dryRun") @Nullable String dryRun,
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] bytes) {
        var dry = Query.flag("dryRun", dryRun);
        var body = JsonBody.read(bytes, FIELDS);
        var workflow = required(body, "workflow");
        var trigger = required(body, "trigger");
        var from = moment(body, "from");
        var to = moment(body, "to");
        int atOnce = body.whole("atOnce", 1, Backfills.MOST_AT_ONCE, 1);
        var request = Asker.of(client, actor, body.text("reason"));
        body.check();
        if (dry) {
            var moments = reports.backfillPreview(workflow, trigger, from, to);
            var skipped = (int) moments.stream().filter(Moment::skipped).count();
            return Response.ok(new BackfillPreview(moments.size(), skipped, moments)).build();
        }
        var stored = backfills.begin(workflow, trigger, from, to, atOnce, request);
        var begun = BackfillReport.begun(stored);
        return Response.accepted(begun)
                .header(HttpHeaders.LOCATION, "/api/backfills/" + begun.id())
                .build();
    }

    private static String required(JsonBody body, String name) {
        if (!body.has(name)) {
            body.wrongType(name, "there");
        }
        var text = body.text(name);
        return text == null ? "" : text;
    }

    private static Instant moment(JsonBody body, String name) {
        if (!body.has(name)) {
            body.wrongType(name, "there");
        }
        var moment = body.moment(name);
        return moment == null ? Instant.EPOCH : moment;
    }

    @GET
    @Operation(operationId = "listBackfills", summary = "The backfills, newest first")
    public BackfillList list(
            @QueryParam("workflow") @Nullable String workflow,
            @QueryParam("trigger") @Nullable String trigger,
            @QueryParam("limit") @Nullable String limit) {
        return new BackfillList(
                reports.backfills(
                        workflow,
                        trigger,
                        Query.number("limit", limit, config.pageSize(), 1, config.largestPage())));
    }

    @GET
    @Path("/{backfill}")
    @Operation(operationId = "getBackfill", summary = "How far a backfill is")
    @APIResponse(responseCode = "404", description = "There is no such backfill.")
    public BackfillReport get(String backfill) {
        return reports.backfill(backfill);
    }

    @POST
    @Path("/{backfill}/cancel")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "cancelBackfill",
            summary = "Start no more runs of a backfill",
            description = "With `runs`, those that go on are cancelled, too.")
    @APIResponse(responseCode = "200", description = "It starts no more.")
    @APIResponse(responseCode = "404", description = "There is no such backfill.")
    @APIResponse(responseCode = "409", description = "It has ended already.")
    @RequestBody(content = @Content(schema = @Schema(implementation = BackfillCancelBody.class)))
    public BackfillReport cancel(
            String backfill,
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] bytes) {
        var body = JsonBody.read(bytes, Set.of("runs", "reason"));
        var runs = body.truth("runs");
        var request = Asker.of(client, actor, body.text("reason"));
        body.check();
        var known = Ids.parse(reports.backfill(backfill).id());
        return reports.report(backfills.cancel(known, runs, request));
    }
}
