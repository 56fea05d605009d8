package dev.leat.api;

import dev.leat.api.OperationBodies.BulkBody;
import dev.leat.api.OperationBodies.BulkFailure;
import dev.leat.api.OperationBodies.BulkResult;
import dev.leat.engine.BulkOperations;
import dev.leat.engine.BulkOperations.Outcome;
import dev.leat.engine.BulkOperations.What;
import dev.leat.store.Ids;
import dev.leat.store.RunState;
import dev.leat.store.RunStore.Filter;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The same operation on many runs.
@Path("/api/runs/bulk")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operations")
@RunOnVirtualThread
class BulkResource {

    private static final int MOST_TOLD = 1_000;
    private static final Set<String> FIELDS =
            Set.of("action", "ids", "filter", "all", "from", "set", "remove", "reason", "dryRun");
    private static final Set<String> FILTERS =
            Set.of("workflow", "state", "trigger", "since", "until", "label");

    private final BulkOperations bulk;

    BulkResource(BulkOperations bulk) {
        this.bulk = bulk;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "bulkOperation",
            summary = "Cancel, pause, resume, run again or label many runs",
            description =
                    "Each run is done by itself: `failures` says in which it couldn't be, and why."
                            + " Without a filter nothing is done unless `all` is true.")
    @APIResponse(responseCode = "200", description = "What came of it.")
    @APIResponse(responseCode = "422", description = "Nothing was done: see the problem.")
    @RequestBody(content = @Content(schema = @Schema(implementation = BulkBody.class)))
    public BulkResult perform(
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] bytes) {
        var body = JsonBody.read(bytes, FIELDS);
        var what = what(body);
        var request = Asker.of(client, actor, body.text("reason"));
        var listed = body.list("ids");
        var filter = filter(body);
        var dry = body.truth("dryRun");
        if (listed.isEmpty() && filter.isAny() && !body.truth("all")) {
            body.wrongType("filter", "given, or 'ids', or 'all' as true: it would be every run");
        }
        if (!listed.isEmpty() && !filter.isAny()) {
            body.wrongType("ids", "left out where there is a filter");
        }
        body.check();
        var runs = listed.isEmpty() ? bulk.found(filter) : BulkOperations.parsed(listed);
        var action = String.valueOf(body.text("action")).toLowerCase(Locale.ROOT);
        return dry ? trial(action, runs) : result(action, bulk.perform(what, runs, request));
    }

    private static What what(JsonBody body) {
        var from = body.text("from");
        var set = body.texts("set");
        var remove = new LinkedHashSet<>(body.list("remove"));
        var action = body.text("action");
        return switch (action == null ? "" : action.toLowerCase(Locale.ROOT)) {
            case "cancel" -> new What.Cancel();
            case "pause" -> new What.Pause();
            case "resume" -> new What.Resume();
            case "rerun" -> new What.Again(from == null ? "failed" : from);
            case "label" -> new What.Label(set, remove);
            default -> {
                body.wrongType("action", "one of cancel, pause, resume, rerun, label");
                yield new What.Cancel();
            }
        };
    }

    private static Filter filter(JsonBody body) {
        var filter = body.inner("filter", FILTERS);
        var labels = filter.list("label");
        var read =
                new Filter(
                        filter.text("workflow"),
                        Query.word("state", filter.text("state"), RunState.class),
                        filter.text("trigger"),
                        Query.instant("since", filter.text("since")),
                        Query.instant("until", filter.text("until")),
                        Query.labels(labels));
        filter.check();
        return read;
    }

    private static BulkResult trial(String action, List<Long> runs) {
        return new BulkResult(action, true, runs.size(), 0, 0, List.of(), told(runs), List.of());
    }

    private static BulkResult result(String action, Outcome outcome) {
        return new BulkResult(
                action,
                false,
                outcome.found(),
                outcome.done(),
                outcome.failures().size(),
                outcome.failures().stream()
                        .limit(MOST_TOLD)
                        .map(each -> new BulkFailure(Ids.text(each.run()), each.reason()))
                        .toList(),
                List.of(),
                told(outcome.made()));
    }

    private static List<String> told(List<Long> runs) {
        return runs.stream().limit(MOST_TOLD).map(Ids::text).toList();
    }
}
