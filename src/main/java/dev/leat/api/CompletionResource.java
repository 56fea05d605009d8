package dev.leat.api;

import dev.leat.engine.firing.Calendars;
import dev.leat.security.HttpRefusal;
import dev.leat.security.ProblemKind;
import dev.leat.store.PoolStore;
import dev.leat.store.WorkflowStore;
import dev.leat.workflow.Completion;
import dev.leat.workflow.Completion.World;
import dev.leat.workflow.WorkflowConfig;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What editors ask while somebody types.
@Path("/api/completions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Workflows")
@RunOnVirtualThread
class CompletionResource {

    private final Completion completion;
    private final WorkflowStore workflows;
    private final Calendars calendars;
    private final PoolStore pools;
    private final WorkflowConfig limits;

    CompletionResource(
            Completion completion,
            WorkflowStore workflows,
            Calendars calendars,
            PoolStore pools,
            WorkflowConfig limits) {
        this.completion = completion;
        this.workflows = workflows;
        this.calendars = calendars;
        this.pools = pools;
        this.limits = limits;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, "application/yaml", "application/x-yaml", "text/yaml"})
    @Operation(
            operationId = "completeWorkflow",
            summary = "Say what can come next in a definition",
            description =
                    "The body is the text as it is so far, broken or not. Offered are keys, task"
                            + " types, parameters and their values, ids of tasks, calendars, pools"
                            + " and workflows, and within ${ … } what can be named there.")
    public CompletionList complete(
            @Parameter(
                            description =
                                    "Where the caret stands, in UTF-16 units; its end if left out.")
                    @QueryParam("caret")
                    @Nullable String caret,
            byte @Nullable [] body,
            @Context HttpHeaders headers) {
        var source = Definitions.source(body, headers);
        var text = source.text();
        if (text.length() > limits.maxBytes()) {
            throw new HttpRefusal(
                    ProblemKind.TOO_LARGE,
                    "The document is larger than %,d bytes.".formatted(limits.maxBytes()));
        }
        var at = Query.number("caret", caret, text.length(), 0, text.length());
        return answer(completion.at(text, source.format(), at, world()));
    }

    private World world() {
        return new World(
                workflows.current().stream().map(head -> head.id).toList(),
                calendars.calendars().stream().map(entry -> entry.stored().id()).toList(),
                pools.pools().stream().map(PoolStore.Pool::name).toList());
    }

    private static CompletionList answer(Completion.Completions found) {
        return new CompletionList(
                found.from(),
                found.to(),
                found.offers().stream()
                        .map(
                                one ->
                                        new CompletionItem(
                                                one.label(),
                                                one.kind(),
                                                one.detail(),
                                                one.description(),
                                                one.insert(),
                                                one.back()))
                        .toList());
    }

    @RegisterForReflection
    @Schema(name = "CompletionList", description = "What can come next.")
    record CompletionList(
            @Schema(description = "Where the word begins that is being written.") int from,
            @Schema(description = "Where what an item inserts ends.") int to,
            List<CompletionItem> items) {}

    @RegisterForReflection
    @Schema(name = "CompletionItem")
    record CompletionItem(
            String label,
            @Schema(description = "`key`, `type`, `value`, `task`, `root`, `field` or `function`.")
                    String kind,
            @Schema(description = "A word or two; may be empty.") String detail,
            @Schema(description = "What it is for; may be empty.") String description,
            @Schema(description = "Takes the place of the text between `from` and `to`.")
                    String insert,
            @Schema(description = "How many characters before its end the caret goes.") int back) {}
}
