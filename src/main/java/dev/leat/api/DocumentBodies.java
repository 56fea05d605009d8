package dev.leat.api;

import dev.leat.engine.firing.BlackoutReport;
import dev.leat.engine.firing.CalendarDocuments.Saved;
import dev.leat.engine.firing.CalendarReport;
import dev.leat.security.HttpRefusal;
import dev.leat.security.ProblemDetail;
import dev.leat.security.ProblemKind;
import dev.leat.workflow.DocumentText;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Calendars and blackouts in requests and answers.
final class DocumentBodies {

    static final String YAML = "application/yaml";
    static final String X_YAML = "application/x-yaml";
    static final String TEXT_YAML = "text/yaml";
    static final String ICS = "text/calendar";

    private DocumentBodies() {}

    @RegisterForReflection
    @Schema(name = "CalendarList")
    record CalendarList(List<CalendarReport> calendars) {}

    /// @param source the text as it was given
    @RegisterForReflection
    @Schema(name = "CalendarView")
    record CalendarView(CalendarReport calendar, String source) {}

    @RegisterForReflection
    @Schema(name = "BlackoutList")
    record BlackoutList(List<BlackoutReport> blackouts) {}

    /// @param source the text as it was given
    @RegisterForReflection
    @Schema(name = "BlackoutView")
    record BlackoutView(BlackoutReport blackout, String source) {}

    /// @param changed whether it is another than before
    /// @param problems warnings
    @RegisterForReflection
    @Schema(name = "SavedDocument")
    record SavedDocument(String id, boolean changed, List<ProblemDetail.Item> problems) {}

    /// @param id what it is called where the text doesn't say
    static DocumentText text(
            byte @Nullable [] body, HttpHeaders headers, String what, @Nullable String id) {
        var text = JsonBody.text(body);
        if (text.isBlank()) {
            throw new HttpRefusal(
                    ProblemKind.BAD_REQUEST, "The body is empty; it must be a " + what + ".");
        }
        return new DocumentText(text, format(headers), "request", id);
    }

    private static DocumentText.Format format(HttpHeaders headers) {
        var type = headers.getMediaType();
        var word = type == null ? "" : type.getSubtype().toLowerCase(Locale.ROOT);
        if (word.equals("calendar")) {
            return DocumentText.Format.ICS;
        }
        return word.endsWith("yaml") ? DocumentText.Format.YAML : DocumentText.Format.JSON;
    }

    static Response answer(Saved saved, String path) {
        var body =
                new SavedDocument(
                        saved.document().id(),
                        saved.changed(),
                        ProblemDetail.Item.of(saved.problems()));
        return Response.status(saved.created() ? 201 : 200)
                .location(URI.create(path + saved.document().id()))
                .entity(body)
                .build();
    }
}
