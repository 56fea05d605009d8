package dev.leat.dashboard;

import dev.leat.dashboard.Differences.Comparison;
import dev.leat.engine.firing.CalendarDocuments;
import dev.leat.engine.firing.Calendars;
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
import org.jspecify.annotations.Nullable;

/// Writes, changes and deletes calendars and blackouts, as texts.
@Path("/calendar-editor")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@WithFormToken
class CalendarEditorPages {

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
    private final Calendars calendars;

    CalendarEditorPages(CalendarDocuments documents, Calendars calendars) {
        this.documents = documents;
        this.calendars = calendars;
    }

    /// @param kind `calendar` or `blackout`
    @GET
    @Path("/{kind}")
    public TemplateInstance blank(@RestPath String kind) {
        var text = kind(kind) == Kind.CALENDAR ? CALENDAR : BLACKOUT;
        return new editor(new Draft(kind, "", text, "JSON", "", ""), List.of(), "", null);
    }

    @GET
    @Path("/{kind}/{id}")
    public TemplateInstance existing(@RestPath String kind, @RestPath String id) {
        var stored = documents.stored(kind(kind), id);
        var file = stored.origin().startsWith(FILE) ? stored.origin().substring(FILE.length()) : "";
        var seen = CalendarDocuments.version(stored);
        return new editor(
                new Draft(kind, id, stored.source(), stored.format(), file, seen),
                List.of(),
                "",
                null);
    }

    /// @param seen the version that was loaded; empty for a new one, null for any
    /// @param action `save` or `delete`
    @POST
    @Path("/{kind}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response send(
            @RestPath String kind,
            @RestForm String id,
            @RestForm String text,
            @RestForm String format,
            @RestForm @Nullable String seen,
            @RestForm String action) {
        var draft = new Draft(kind, id, text.replace("\r\n", "\n"), format, "", seen);
        try {
            if (action.equals("delete")) {
                documents.delete(kind(kind), id, false);
            } else {
                save(draft);
            }
            return Response.seeOther(URI.create("/calendars")).build();
        } catch (Refusal.Invalid invalid) {
            var problems = Item.of(invalid.problems());
            return Answer.of(
                    Answer.UNPROCESSABLE, new editor(draft, problems, invalid.sentence(), null));
        } catch (Refusal.Conflict conflict) {
            return Answer.of(Answer.CONFLICT, conflict(draft, conflict.sentence()));
        }
    }

    /// Saving again then puts the draft on top of what somebody else saved.
    private editor conflict(Draft draft, String sentence) {
        var id =
                draft.id().isEmpty()
                        ? documents.idOf(kind(draft.kind()), document(draft)).orElse("")
                        : draft.id();
        var theirs = calendars.stored(kind(draft.kind()), id);
        var onTop = draft.onTopOf(theirs.map(CalendarDocuments::version).orElse(""));
        return new editor(
                onTop,
                List.of(),
                sentence,
                theirs.map(one -> Differences.lines("Theirs", one.source(), "Yours", draft.text()))
                        .orElse(null));
    }

    private void save(Draft draft) {
        var expected = draft.id().isEmpty() ? null : draft.id();
        documents.save(
                kind(draft.kind()), document(draft), expected, "dashboard", null, draft.seen());
    }

    private static DocumentText document(Draft draft) {
        var expected = draft.id().isEmpty() ? null : draft.id();
        var format =
                switch (draft.format()) {
                    case "YAML" -> Format.YAML;
                    case "ICS" -> Format.ICS;
                    default -> Format.JSON;
                };
        return new DocumentText(draft.text(), format, "editor", expected);
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "calendar" -> Kind.CALENDAR;
            case "blackout" -> Kind.BLACKOUT;
            default -> throw new Refusal.NotFound("There is no page for this.");
        };
    }

    /// @param id that the text must have; empty for a new one
    /// @param file that owns it; empty for none
    /// @param seen the version that was loaded; empty for none, null for any
    record Draft(
            String kind,
            String id,
            String text,
            String format,
            String file,
            @Nullable String seen) {

        Draft onTopOf(String version) {
            return new Draft(kind, id, text, format, file, version);
        }
    }

    /// @param refusal why it wasn't done; empty where nothing was asked yet
    /// @param theirs from what somebody else saved to the draft; null for nothing
    record editor(Draft draft, List<Item> problems, String refusal, @Nullable Comparison theirs)
            implements TemplateInstance {}
}
