package dev.leat.dashboard;

import dev.leat.engine.firing.CalendarDocuments;
import dev.leat.security.ProblemDetail.Item;
import dev.leat.security.WithFormToken;
import dev.leat.store.StoredDocument.Kind;
import dev.leat.task.Refusal;
import dev.leat.workflow.DocumentText;
import dev.leat.workflow.DocumentText.Format;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/// Writes, changes and deletes calendars and blackouts, as texts.
@Path("/calendar-editor")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class CalendarEditorPages {

    private static final int UNPROCESSABLE = 422;
    private static final int CONFLICT = 409;
    private static final String FILE = CalendarDocuments.FILE;

    private static final String CALENDAR =
            """
            {
              "id": "office",
              "name": "Office days",
              "weekend": ["SAT", "SUN"],
              "holidays": [{"date": "2027-01-01", "name": "New Year"}]
            }
            """;
    private static final String BLACKOUT =
            """
            {
              "id": "year-end",
              "name": "Year end",
              "timezone": "Europe/Berlin",
              "action": "hold",
              "windows": [{"from": "2026-12-24", "until": "2027-01-02", "name": "Closed"}]
            }
            """;

    private final CalendarDocuments documents;

    CalendarEditorPages(CalendarDocuments documents) {
        this.documents = documents;
    }

    /// @param kind `calendar` or `blackout`
    @GET
    @Path("/{kind}")
    public TemplateInstance blank(@RestPath String kind) {
        var text = kind(kind) == Kind.CALENDAR ? CALENDAR : BLACKOUT;
        return new editor(new Draft(kind, "", text, "JSON", ""), List.of(), "");
    }

    @GET
    @Path("/{kind}/{id}")
    public TemplateInstance existing(@RestPath String kind, @RestPath String id) {
        var stored = documents.stored(kind(kind), id);
        var file = stored.origin().startsWith(FILE) ? stored.origin().substring(FILE.length()) : "";
        return new editor(
                new Draft(kind, id, stored.source(), stored.format(), file), List.of(), "");
    }

    /// @param action `save` or `delete`
    @POST
    @Path("/{kind}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response send(
            @RestPath String kind,
            @RestForm String id,
            @RestForm String text,
            @RestForm String format,
            @RestForm String action) {
        var draft = new Draft(kind, id, text.replace("\r\n", "\n"), format, "");
        try {
            if (action.equals("delete")) {
                documents.delete(kind(kind), id, false);
            } else {
                save(draft);
            }
            return Response.seeOther(URI.create("/calendars")).build();
        } catch (Refusal.Invalid invalid) {
            var problems = Item.of(invalid.problems());
            return answer(UNPROCESSABLE, new editor(draft, problems, invalid.sentence()));
        } catch (Refusal.Conflict conflict) {
            return answer(CONFLICT, new editor(draft, List.of(), conflict.sentence()));
        }
    }

    private void save(Draft draft) {
        var expected = draft.id().isEmpty() ? null : draft.id();
        var format =
                switch (draft.format()) {
                    case "YAML" -> Format.YAML;
                    case "ICS" -> Format.ICS;
                    default -> Format.JSON;
                };
        documents.save(
                kind(draft.kind()),
                new DocumentText(draft.text(), format, "editor", expected),
                expected,
                "dashboard",
                null);
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "calendar" -> Kind.CALENDAR;
            case "blackout" -> Kind.BLACKOUT;
            default -> throw new Refusal.NotFound("There is no page for this.");
        };
    }

    private static Response answer(int status, editor page) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(page.render())
                .build();
    }

    /// @param id that the text must have; empty for a new one
    /// @param file that owns it; empty for none
    record Draft(String kind, String id, String text, String format, String file) {}

    /// @param refusal why it wasn't done; empty where nothing was asked yet
    record editor(Draft draft, List<Item> problems, String refusal) implements TemplateInstance {}
}
