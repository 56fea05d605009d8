package dev.leat.api;

import dev.leat.api.DocumentBodies.BlackoutList;
import dev.leat.api.DocumentBodies.BlackoutView;
import dev.leat.api.DocumentBodies.SavedDocument;
import dev.leat.engine.firing.BlackoutReport;
import dev.leat.engine.firing.CalendarDocuments;
import dev.leat.engine.firing.Calendars;
import dev.leat.store.StoredDocument.Kind;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/blackouts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Blackouts", description = "When workflows don't start by themselves.")
@RunOnVirtualThread
class BlackoutResource {

    private static final String PATH = "/api/blackouts/";

    private final Calendars calendars;
    private final CalendarDocuments documents;
    private final InstantSource clock;

    BlackoutResource(Calendars calendars, CalendarDocuments documents, InstantSource clock) {
        this.calendars = calendars;
        this.documents = documents;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "listBlackouts",
            summary = "The blackouts there are, by id, with their windows now and next")
    public BlackoutList list() {
        var now = clock.instant();
        return new BlackoutList(
                calendars.blackouts().stream()
                        .map(entry -> BlackoutReport.of(entry, now))
                        .toList());
    }

    @GET
    @Path("/{blackout}")
    @Operation(operationId = "getBlackout", summary = "A blackout and its text")
    @APIResponse(responseCode = "404", description = "There is no such blackout.")
    public BlackoutView get(String blackout) {
        var stored = documents.stored(Kind.BLACKOUT, blackout);
        return calendars.blackouts().stream()
                .filter(entry -> entry.stored().id().equals(blackout))
                .map(entry -> BlackoutReport.of(entry, clock.instant()))
                .map(report -> new BlackoutView(report, stored.source()))
                .findFirst()
                .orElseThrow();
    }

    @POST
    @Consumes({
        MediaType.APPLICATION_JSON,
        DocumentBodies.YAML,
        DocumentBodies.X_YAML,
        DocumentBodies.TEXT_YAML
    })
    @Operation(
            operationId = "createBlackout",
            summary = "Store a blackout under the id that its text gives")
    @APIResponse(
            responseCode = "201",
            description = "It is new.",
            content = @Content(schema = @Schema(implementation = SavedDocument.class)))
    @APIResponse(responseCode = "200", description = "It has this text now.")
    @APIResponse(responseCode = "409", description = "A file owns it.")
    @APIResponse(responseCode = "422", description = "The text has errors; nothing was stored.")
    public Response create(
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] body,
            @Context HttpHeaders headers) {
        return save(null, client, actor, body, headers);
    }

    @PUT
    @Path("/{blackout}")
    @Consumes({
        MediaType.APPLICATION_JSON,
        DocumentBodies.YAML,
        DocumentBodies.X_YAML,
        DocumentBodies.TEXT_YAML
    })
    @Operation(
            operationId = "putBlackout",
            summary = "Store a blackout",
            description = "The body is the text itself, JSON or YAML by Content-Type.")
    @APIResponse(
            responseCode = "201",
            description = "It is new.",
            content = @Content(schema = @Schema(implementation = SavedDocument.class)))
    @APIResponse(responseCode = "200", description = "It has this text now.")
    @APIResponse(responseCode = "409", description = "A file owns it.")
    @APIResponse(responseCode = "422", description = "The text has errors; nothing was stored.")
    public Response put(
            String blackout,
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] body,
            @Context HttpHeaders headers) {
        return save(blackout, client, actor, body, headers);
    }

    private Response save(
            @Nullable String id,
            @Nullable String client,
            @Nullable String actor,
            byte @Nullable [] body,
            HttpHeaders headers) {
        var asker = Asker.of(client, actor, null);
        var text = DocumentBodies.text(body, headers, "blackout", id);
        var saved = documents.save(Kind.BLACKOUT, text, id, asker.via(), asker.by());
        return DocumentBodies.answer(saved, PATH);
    }

    @DELETE
    @Path("/{blackout}")
    @Operation(operationId = "deleteBlackout", summary = "Remove a blackout")
    @APIResponse(responseCode = "204", description = "It is gone.")
    @APIResponse(responseCode = "404", description = "There is no such blackout.")
    @APIResponse(responseCode = "409", description = "A file owns it.")
    public void delete(String blackout) {
        documents.delete(Kind.BLACKOUT, blackout, false);
    }
}
