package dev.leat.api;

import dev.leat.api.DocumentBodies.CalendarList;
import dev.leat.api.DocumentBodies.CalendarView;
import dev.leat.api.DocumentBodies.SavedDocument;
import dev.leat.engine.firing.CalendarDocuments;
import dev.leat.engine.firing.CalendarReport;
import dev.leat.engine.firing.Calendars;
import dev.leat.store.StoredDocument.Kind;
import dev.leat.task.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/calendars")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calendars", description = "Which days are business days.")
@RunOnVirtualThread
class CalendarResource {

    private static final String PATH = "/api/calendars/";

    private final Calendars calendars;
    private final CalendarDocuments documents;
    private final InstantSource clock;

    CalendarResource(Calendars calendars, CalendarDocuments documents, InstantSource clock) {
        this.calendars = calendars;
        this.documents = documents;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "listCalendars", summary = "The calendars there are, by id")
    public CalendarList list() {
        return new CalendarList(calendars.calendars().stream().map(CalendarReport::of).toList());
    }

    @GET
    @Path("/{calendar}")
    @Operation(operationId = "getCalendar", summary = "A calendar and its text")
    @APIResponse(responseCode = "404", description = "There is no such calendar.")
    public CalendarView get(String calendar) {
        var stored = documents.stored(Kind.CALENDAR, calendar);
        return calendars.calendars().stream()
                .filter(entry -> entry.stored().id().equals(calendar))
                .map(entry -> new CalendarView(CalendarReport.of(entry), stored.source()))
                .findFirst()
                .orElseThrow();
    }

    @GET
    @Path("/{calendar}/days")
    @Operation(
            operationId = "getCalendarDays",
            summary = "A year of a calendar: its days without business, and what each month has")
    @APIResponse(responseCode = "404", description = "There is no such calendar.")
    public CalendarReport.Year days(
            String calendar,
            @Parameter(description = "The current one, in UTC, if left out.") @QueryParam("year")
                    @Nullable Integer year) {
        documents.stored(Kind.CALENDAR, calendar);
        var found =
                calendars
                        .calendar(calendar)
                        .orElseThrow(
                                () ->
                                        new Refusal.Conflict(
                                                "Calendar '%s' can't be read any more."
                                                        .formatted(calendar)));
        var now = clock.instant().atOffset(ZoneOffset.UTC).getYear();
        return CalendarReport.year(calendar, found, year == null ? now : year);
    }

    @POST
    @Consumes({
        MediaType.APPLICATION_JSON,
        DocumentBodies.YAML,
        DocumentBodies.X_YAML,
        DocumentBodies.TEXT_YAML,
        DocumentBodies.ICS
    })
    @Operation(
            operationId = "createCalendar",
            summary = "Store a calendar under the id that its text gives",
            description = "An iCalendar text gives none: it takes the id from the query.")
    @APIResponse(
            responseCode = "201",
            description = "It is new.",
            content = @Content(schema = @Schema(implementation = SavedDocument.class)))
    @APIResponse(responseCode = "200", description = "It has this text now.")
    @APIResponse(responseCode = "409", description = "A file owns it.")
    @APIResponse(responseCode = "422", description = "The text has errors; nothing was stored.")
    public Response create(
            @Parameter(description = "For iCalendar texts.") @QueryParam("id") @Nullable String id,
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] body,
            @Context HttpHeaders headers) {
        var asker = Asker.of(client, actor, null);
        var text = DocumentBodies.text(body, headers, "calendar", id);
        var saved = documents.save(Kind.CALENDAR, text, id, asker.via(), asker.by());
        return DocumentBodies.answer(saved, PATH);
    }

    @PUT
    @Path("/{calendar}")
    @Consumes({
        MediaType.APPLICATION_JSON,
        DocumentBodies.YAML,
        DocumentBodies.X_YAML,
        DocumentBodies.TEXT_YAML,
        DocumentBodies.ICS
    })
    @Operation(
            operationId = "putCalendar",
            summary = "Store a calendar",
            description =
                    "The body is the text itself: JSON, YAML or iCalendar, by Content-Type."
                            + " Triggers that name it go by it from their next fire on.")
    @APIResponse(
            responseCode = "201",
            description = "It is new.",
            content = @Content(schema = @Schema(implementation = SavedDocument.class)))
    @APIResponse(responseCode = "200", description = "It has this text now.")
    @APIResponse(responseCode = "409", description = "A file owns it.")
    @APIResponse(responseCode = "422", description = "The text has errors; nothing was stored.")
    public Response put(
            String calendar,
            @HeaderParam("Leat-Client") @Nullable String client,
            @Parameter(description = Asker.ACTOR) @HeaderParam("Leat-Actor") @Nullable String actor,
            byte @Nullable [] body,
            @Context HttpHeaders headers) {
        return create(calendar, client, actor, body, headers);
    }

    @DELETE
    @Path("/{calendar}")
    @Operation(
            operationId = "deleteCalendar",
            summary = "Remove a calendar",
            description = "Fires of triggers that still name it are missed, and say so.")
    @APIResponse(responseCode = "204", description = "It is gone.")
    @APIResponse(responseCode = "404", description = "There is no such calendar.")
    @APIResponse(responseCode = "409", description = "A file owns it.")
    public void delete(String calendar) {
        documents.delete(Kind.CALENDAR, calendar, false);
    }
}
